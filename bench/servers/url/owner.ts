import type { Connection } from '../../database/connection.ts';
import { createOwnerRole, urlFor } from '../../database/owner-role.ts';
import { settingsOfDatabaseOrRole } from '../../database/planner-settings.ts';
import type { Server } from '../../database/server.ts';
import type { Opening } from '../target.ts';
import { guestSettings, urlOfDatabase } from './settings.ts';

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
  prefix: string,
  { url, settings, sessionSettings }: { url: string } & Pick<Opening, 'settings' | 'sessionSettings'>,
): Promise<OwnerLogins> {
  const inherited = await settingsOfDatabaseOrRole(admin);
  const own = { ...inherited, ...sessionSettings, ...guestSettings(settings) };
  const loginAs =
    (roleUrl: string): Server['owner'] =>
    (database) => ({ url: urlOfDatabase(roleUrl, database), settings: own, environment: 'used' });
  const { rows } = await admin.query<{ superuser: string }>(IS_SUPERUSER);
  if (rows[0]?.superuser !== 't') return { owner: loginAs(url), ownerRole: undefined };
  const role = await createOwnerRole(admin, `${prefix}_owner`);
  return { owner: loginAs(urlFor(url, role)), ownerRole: role.name };
}
