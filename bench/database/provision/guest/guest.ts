import { PROGRAM } from '../../../model/program.ts';
import { APPLICATION_NAME, PROCESS_TOKEN, withConnection, type Connection } from '../../connection.ts';
import { dropDatabase } from '../../databases.ts';
import type { Room, Server } from '../../server.ts';
import { listMade } from '../../leftovers.ts';
import type { Confirm, GuestRequest } from '../server-request.ts';
import { concernsAbout } from './concerns.ts';
import { refuseUnlessUsable } from './rights.ts';
import { guestRoom } from './room.ts';
import { guestUrl } from './url.ts';

export interface GuestOptions extends GuestRequest {
  /** Those that a session may change for itself are used. */
  settings: Record<string, string>;
  keep: boolean;
  confirm: Confirm;
  signal: AbortSignal;
}

/**
 * Runs `use` with somebody's server. Only databases of our own are made there, all with one prefix and a comment that
 * marks them, and all are dropped afterwards, whatever happens in between; nothing is set for the server as a whole.
 *
 * @throws RunError when the server or the role cannot do what is needed, or its owner would not have us
 */
export async function withGuestServer<T>(
  options: GuestOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const { signal, confirm } = options;
  const server = guestServer(options);
  const concerns = await withConnection(server.url(), signal, async (connection) => {
    await refuseUnlessUsable(connection);
    return concernsAbout(connection, signal);
  });
  if (concerns.length > 0) await confirm(concerns);
  let kept = false;
  try {
    // A session for as long as we are there tells others, and `clean`, that our databases are in use.
    const value = await withConnection(server.url(), signal, () => use(server));
    kept = options.keep;
    return value;
  } finally {
    if (!kept) await dropOurs(server);
  }
}

function guestServer({ url, settings, maxSizeBytes, signal }: GuestOptions): Server {
  const server: Server = {
    target: 'url',
    url: (database) => guestUrl(url, settings, database),
    namePrefix: `index_impact_${PROCESS_TOKEN}`,
    copiesFiles: false,
    processId: undefined,
    restart: undefined,
    room: (): Promise<Room> => guestRoom({ server, signal }, maxSizeBytes),
    stopCommand: `${PROGRAM} clean --url <url>`,
  };
  return server;
}

/** The run may have been interrupted: this is done all the same. */
async function dropOurs(server: Server): Promise<void> {
  const site = { server, signal: new AbortController().signal };
  const ours = await withConnection(server.url(), site.signal, async (connection) => {
    await endOtherSessions(connection);
    return listMade(connection);
  });
  for (const { name } of ours.filter((database) => database.name.startsWith(`${server.namePrefix}_`)))
    await dropDatabase(site, name);
}

const END_TIMEOUT_MS = 10_000;

/** The server goes on with what a cut session has asked for, a database among it that is not to be seen yet. */
async function endOtherSessions(connection: Connection): Promise<void> {
  await connection.query(
    `SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity
     WHERE application_name = $1 AND pid <> pg_backend_pid()`,
    [APPLICATION_NAME, END_TIMEOUT_MS],
  );
}
