import { withConnection } from '../database/connection.ts';
import { CATALOG_SETTINGS, type Login } from '../database/login.ts';
import { OWN_SETTINGS } from '../database/own-database.ts';
import { createOwnerRole, urlFor, type OwnerRole } from '../database/owner-role.ts';
import type { Server } from '../database/server.ts';
import { changeSystemSettings } from '../database/system-settings.ts';
import { MOST_SESSIONS, settingsAfterStart } from './server-settings.ts';
import type { Opening } from './target.ts';

/** On a server of ours, the role that owns what a suite's SQL makes. */
export const OWNER = 'index_impact';

type Access = Pick<Server, 'admin' | 'administer' | 'owner' | 'ownerRole' | 'maxSessions'>;

/**
 * The ways into a server of ours, once it has all its settings, and the role for the suite's SQL.
 *
 * @param urlOf a database, for the superuser
 * @param password of the role @default one of its own
 */
export async function ownLogins(
  urlOf: (database?: string) => string,
  { settings, sessionSettings, signal }: Pick<Opening, 'settings' | 'sessionSettings' | 'signal'>,
  password?: string,
): Promise<Access> {
  const { statement_timeout = '0' } = settings;
  const admin = adminLogins(urlOf, { statement_timeout }, 'ignored');
  const administer: Server['administer'] = (use) => withConnection(admin(), signal, use);
  const role = await administer(async (connection) => {
    await changeSystemSettings(connection, settingsAfterStart(settings));
    return createOwnerRole(connection, OWNER, password);
  });
  return {
    admin,
    administer,
    maxSessions: MOST_SESSIONS,
    ...ownedBy(role, urlOf, { ...sessionSettings, statement_timeout }),
  };
}

export const adminLogins =
  (urlOf: (database?: string) => string, settings: Login['settings'], environment: Login['environment']) =>
  (database?: string): Login => ({
    url: urlOf(database),
    settings: { ...settings, ...(database === undefined ? CATALOG_SETTINGS : OWN_SETTINGS) },
    environment,
  });

const ownedBy = (
  role: OwnerRole,
  urlOf: (database: string) => string,
  settings: Login['settings'],
): Pick<Server, 'owner' | 'ownerRole'> => ({
  ownerRole: role.name,
  owner: (database) => ({
    url: urlFor(urlOf(database), role),
    settings,
    environment: 'ignored',
  }),
});
