import { randomBytes } from 'node:crypto';
import { programCommand } from '../../system/program.ts';
import { shellCommand } from '../../format/shell.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { withoutEventTriggers } from '../../database/event-triggers.ts';
import { listMade } from '../../database/leftovers.ts';
import { CATALOG_SETTINGS, PROCESS_TOKEN, type Login } from '../../database/login.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import { announcePresence } from '../../database/presence.ts';
import { ONE_MACHINE } from '../../database/nodes.ts';
import type { Room, Server } from '../../database/server.ts';
import { adminLogins } from '../own-server.ts';
import type { Opening } from '../target.ts';
import { concernsAbout } from './concerns.ts';
import { grantedSessions } from './free-sessions.ts';
import { clearOurs } from './leftovers.ts';
import { ownerLogins, type OwnerLogins } from './owner.ts';
import { refuseUnlessUsable } from './rights.ts';
import { guestRoom } from './room.ts';
import { guestSettings, urlOfDatabase } from './settings.ts';

/** What a guest asks for. */
export interface Visit {
  /** Without a password, unless it came from the environment. */
  url: string;
  /** Of all our databases there together. */
  maxSizeBytes: number;
  /** Infinity where only the server limits them. */
  maxSessions: number;
}

type GuestOptions = Visit & Opening;

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
  const { signal } = options;
  const { admin, maxSessions } = await arrive(options);
  let kept = false;
  try {
    const value = await withConnection(admin(), signal, async (connection) => {
      await announcePresence(connection);
      const namePrefix = await freePrefix(connection);
      const owner = await ownerLogins(connection, namePrefix, options);
      return use(guestServer({ connection, namePrefix, admin, maxSessions, ...owner }, options));
    });
    kept = options.keep;
    return value;
  } finally {
    if (!kept) for (const left of await clearOurs(admin(), cleanCommand(admin))) options.onLeftBehind(left);
  }
}

const cleanCommand = (admin: Server['admin']): string =>
  programCommand('clean', '--url', urlWithoutSecrets(admin().url));

/** What an earlier run of this process could not remove has the names that we would take. */
async function freePrefix(connection: Connection): Promise<string> {
  const left = (await listMade(connection)).some(({ isOwn }) => isOwn);
  return left ? `${PREFIX}_${randomBytes(2).toString('hex')}` : PREFIX;
}

/** As whom, and with how many sessions, we are there. */
type Welcome = Pick<Server, 'admin' | 'maxSessions'>;

async function arrive(options: GuestOptions): Promise<Welcome> {
  const { signal, confirm } = options;
  const admin = await adminOf(options);
  const preview = await withConnection(admin(), signal, async (connection) => {
    await refuseUnlessUsable(connection);
    const maxSessions = await grantedSessions(connection, options.maxSessions);
    return { maxSessions, concerns: await concernsAbout(connection, signal) };
  });
  await confirm(preview);
  return { admin: (database) => staying(admin(database)), maxSessions: preview.maxSessions };
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

/** Another run may have more sessions than there seemed to be, but not for ever. */
const PATIENCE_MS = 120_000;

/** Once a run has begun, it waits for sessions that others have, and keeps its own while it does something else. */
const staying = (login: Login): Login => ({
  ...login,
  patienceMs: PATIENCE_MS,
  settings: { ...login.settings, idle_session_timeout: '0' },
});

type Stay = Welcome & OwnerLogins & Pick<Server, 'namePrefix'> & { connection: Connection };

/** The session that says that we are there also makes and drops what we need. */
function guestServer(
  { connection, namePrefix, admin, owner, ownerRole, maxSessions }: Stay,
  { maxSizeBytes }: GuestOptions,
): Server {
  const server: Server = {
    ...ONE_MACHINE,
    target: 'url',
    admin,
    administer: (use) => use(connection),
    maxSessions,
    owner: (database) => staying(owner(database)),
    ownerRole,
    namePrefix,
    isOurs: false,
    copying: 'through the WAL',
    processId: undefined,
    restart: undefined,
    flush: undefined,
    room: (): Promise<Room> => guestRoom(server, maxSizeBytes),
    connectCommand: (database) => shellCommand(['psql', urlWithoutSecrets(admin(database).url)]),
    stopCommand: cleanCommand(admin),
  };
  return server;
}
