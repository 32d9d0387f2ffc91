import { withConnection, type Connection } from '../../database/connection.ts';
import { withoutEventTriggers } from '../../database/event-triggers.ts';
import { CATALOG_SETTINGS, type Login } from '../../database/login.ts';
import type { Server } from '../../database/server.ts';
import { adminLogins } from '../own-server.ts';
import type { Opening } from '../target.ts';
import { clusterSettings, type Place } from './cluster.ts';
import { concernsAbout } from './concerns.ts';
import { grantedSessions } from './free-sessions.ts';
import { refuseUnlessUsable } from './rights.ts';
import { guestSettings, urlOfDatabase } from './settings.ts';

/** As whom, and with how many sessions, we are somewhere, and what speaks against it. */
export interface Welcome extends Pick<Server, 'admin' | 'maxSessions'> {
  place: Place;
  concerns: readonly string[];
}

export type Asked = Pick<Opening, 'settings' | 'signal'> & Pick<Server, 'maxSessions'>;

/**
 * Asks one server, or one node, whether we may come.
 *
 * @param refuse looks for what else is missing
 * @throws RunError when the server or the role cannot do what is needed
 */
export async function welcomeAt(
  place: Place,
  { settings, signal, maxSessions }: Asked,
  refuse: (connection: Connection) => Promise<void> = () => Promise.resolve(),
): Promise<Welcome> {
  const admin = await adminOf(place, guestSettings(settings), signal);
  return withConnection(admin(), signal, async (connection) => {
    await refuseUnlessUsable(connection);
    await refuse(connection);
    const granted = await grantedSessions(connection, maxSessions);
    const concerns = await concernsAbout(connection, signal);
    return { place, admin: (database) => staying(admin(database)), maxSessions: granted, concerns };
  });
}

/** Whoever owns the database that the URL names has no say in what a session of ours does there. */
async function adminOf(
  { url, address }: Place,
  settings: Login['settings'],
  signal: AbortSignal,
): Promise<Server['admin']> {
  const careful = await withoutEventTriggers(
    { url, settings: { ...settings, ...CATALOG_SETTINGS }, environment: 'used' },
    signal,
  );
  const admin = adminLogins((database) => urlOfDatabase(url, database), careful.settings, 'used');
  return address === undefined
    ? admin
    : (database) => withSettings(admin(database), clusterSettings(database));
}

export const withSettings = (login: Login, settings: Login['settings']): Login => ({
  ...login,
  settings: { ...login.settings, ...settings },
});

/** Another run may have more sessions than there seemed to be, but not for ever. */
const PATIENCE_MS = 120_000;

/** Once a run has begun, it waits for sessions that others have, and keeps its own while it does something else. */
export const staying = (login: Login): Login => ({
  ...withSettings(login, { idle_session_timeout: '0' }),
  patienceMs: PATIENCE_MS,
});
