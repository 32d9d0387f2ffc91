import { programCommand } from '../../../model/program.ts';
import { shellCommand } from '../../../model/shell.ts';
import { withConnection, type Connection } from '../../connection.ts';
import { dropDatabase } from '../../databases.ts';
import { withoutEventTriggers } from '../../event-triggers.ts';
import { listMade, listMadeRoles } from '../../leftovers.ts';
import { APPLICATION_NAME, CATALOG_SETTINGS, PROCESS_TOKEN, type Login } from '../../login.ts';
import { dropRole } from '../../owner-role.ts';
import { announcePresence } from '../../presence.ts';
import type { Room, Server } from '../../server.ts';
import { urlWithoutSecrets } from '../../url-without-secrets.ts';
import { adminLogins } from '../own-server.ts';
import type { Confirm, GuestRequest } from '../server-request.ts';
import { concernsAbout } from './concerns.ts';
import { ownerLogins, type OwnerLogins } from './owner.ts';
import { refuseUnlessUsable } from './rights.ts';
import { guestRoom } from './room.ts';
import { guestSettings, urlOfDatabase } from './settings.ts';

export interface GuestOptions extends GuestRequest {
  /** Those that a session may change for itself are used. */
  settings: Record<string, string>;
  keep: boolean;
  confirm: Confirm;
  signal: AbortSignal;
}

/** What everything of this process on somebody's server is called at the beginning. */
const PREFIX = `index_impact_${PROCESS_TOKEN}`;

/**
 * Runs `use` with somebody's server. Only databases of our own are made there, and a role for them where we came as a
 * superuser, all with one prefix and a comment that marks them; all are dropped afterwards, whatever happens in between.
 * Nothing is set for the server as a whole.
 *
 * @throws RunError when the server or the role cannot do what is needed, or the user declined
 */
export async function withGuestServer<T>(
  options: GuestOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const { signal, confirm } = options;
  const admin = await adminOf(options);
  const concerns = await withConnection(admin(), signal, async (connection) => {
    await refuseUnlessUsable(connection);
    return concernsAbout(connection, signal);
  });
  if (concerns.length > 0) await confirm(concerns);
  let kept = false;
  try {
    const value = await withConnection(admin(), signal, async (connection) => {
      await announcePresence(connection);
      const owner = await ownerLogins(connection, PREFIX, options);
      return use(guestServer(admin, owner, options));
    });
    kept = options.keep;
    return value;
  } finally {
    if (!kept) await dropOurs(admin());
  }
}

/** Whoever owns the database that the URL names has no say in what a session of ours does there. */
async function adminOf({ url, settings, signal }: GuestOptions): Promise<Server['admin']> {
  const own = guestSettings(settings);
  const careful = await withoutEventTriggers(
    { url, settings: { ...own, ...CATALOG_SETTINGS }, environment: 'used' },
    signal,
  );
  return adminLogins((database) => urlOfDatabase(url, database), careful.settings, 'used');
}

function guestServer(
  admin: Server['admin'],
  owner: OwnerLogins,
  { maxSizeBytes, signal }: GuestOptions,
): Server {
  const server: Server = {
    target: 'url',
    admin,
    ...owner,
    namePrefix: PREFIX,
    copiesFiles: false,
    processId: undefined,
    restart: undefined,
    room: (): Promise<Room> => guestRoom({ server, signal }, maxSizeBytes),
    connectCommand: (database) => shellCommand(['psql', urlWithoutSecrets(admin(database).url)]),
    stopCommand: programCommand('clean', '--url', urlWithoutSecrets(admin().url)),
  };
  return server;
}

/** The run may have been interrupted: this is done all the same. */
async function dropOurs(admin: Login): Promise<void> {
  const site = { server: { admin: () => admin }, signal: new AbortController().signal };
  await withConnection(admin, site.signal, async (connection) => {
    await endOtherSessions(connection);
    const isOurs = ({ name }: { name: string }): boolean => name.startsWith(`${PREFIX}_`);
    for (const { name } of (await listMade(connection)).filter(isOurs)) await dropDatabase(site, name);
    for (const { name } of (await listMadeRoles(connection)).filter(isOurs)) await dropRole(connection, name);
  });
}

const END_TIMEOUT_MS = 10_000;

/**
 * The server goes on with what a cut session has asked for, a database among it that is not to be seen yet. Others may
 * call themselves what they like: only sessions of our own roles are ended.
 */
async function endOtherSessions(connection: Connection): Promise<void> {
  await connection.query(
    `SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity
     WHERE application_name = $1 AND pid <> pg_backend_pid()
       AND (usename = current_user OR starts_with(usename, $3))`,
    [APPLICATION_NAME, END_TIMEOUT_MS, `${PREFIX}_`],
  );
}
