import type { Connection } from '../../database/connection.ts';
import { createOwnerRole, urlFor, type OwnerRole } from '../../database/owner-role.ts';
import type { Login } from '../../database/login.ts';
import { settingsOfDatabaseOrRole } from '../../database/planner-settings.ts';
import type { Server } from '../../database/server.ts';
import type { Opening } from '../target.ts';
import { clusterSettings, type Place } from './cluster.ts';
import { guestSettings, urlOfDatabase } from './settings.ts';
import { withSettings } from './welcome.ts';

/** Who owns the databases made for a suite, and how to log in as that. */
export type OwnerLogins = Pick<Server, 'owner' | 'ownerRole'>;

const IS_SUPERUSER = 'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user';

/**
 * The guest's own role where it is no superuser. As a superuser, the SQL of a suite could do anything to the server and its
 * machine: it gets a role of its own then. That role logs in to our databases only: what happens in others when somebody
 * connects is not known.
 *
 * Its sessions have the planner settings of those that the URL opens, whose database or role may have set some.
 */
export async function ownerLogins(
  admin: Connection,
  { url, address }: Place,
  role: OwnerRole,
  { settings, sessionSettings }: Pick<Opening, 'settings' | 'sessionSettings'>,
): Promise<OwnerLogins> {
  const inherited = await settingsOfDatabaseOrRole(admin);
  const own = { ...inherited, ...sessionSettings, ...guestSettings(settings) };
  const loginAs =
    (roleUrl: string): Server['owner'] =>
    (database) => {
      const login: Login = { url: urlOfDatabase(roleUrl, database), settings: own, environment: 'used' };
      return address === undefined ? login : withSettings(login, clusterSettings(database));
    };
  const { rows } = await admin.query<{ superuser: string }>(IS_SUPERUSER);
  if (rows[0]?.superuser !== 't') return { owner: loginAs(url), ownerRole: undefined };
  await createOwnerRole(admin, role.name, role.password);
  return { owner: loginAs(urlFor(url, role)), ownerRole: role.name };
}
