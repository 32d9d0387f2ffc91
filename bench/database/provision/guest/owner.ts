import { RunError } from '../../../model/errors.ts';
import { withConnection, type Connection } from '../../connection.ts';
import { createOwnerRole, urlFor } from '../../owner-role.ts';
import type { Server } from '../../server.ts';
import { guestSettings, urlOfDatabase } from './settings.ts';

/** Who owns the databases made for a suite, and how to log in as that. */
export type OwnerLogins = Pick<Server, 'owner' | 'ownerRole'>;

/** As whom we come, with which settings. */
interface Arrival {
  url: string;
  settings: Record<string, string>;
  signal: AbortSignal;
}

const IS_SUPERUSER = 'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user';

/**
 * The guest's own role where it is no superuser. As a superuser, the SQL of a suite could do anything to the server and its
 * machine: it gets a role of its own then.
 *
 * @throws RunError when the server does not let that role in
 */
export async function ownerLogins(
  admin: Connection,
  prefix: string,
  { url, settings, signal }: Arrival,
): Promise<OwnerLogins> {
  const own = guestSettings(settings);
  const loginAs =
    (roleUrl: string): Server['owner'] =>
    (database) => ({ url: urlOfDatabase(roleUrl, database), settings: own, environment: 'used' });
  const { rows } = await admin.query<{ superuser: string }>(IS_SUPERUSER);
  if (rows[0]?.superuser !== 't') return { owner: loginAs(url), ownerRole: undefined };
  const role = await createOwnerRole(admin, `${prefix}_owner`);
  const owner = loginAs(urlFor(url, role));
  await withConnection(owner(admin.database ?? 'postgres'), signal, () => Promise.resolve()).catch(refused);
  return { owner, ownerRole: role.name };
}

function refused(cause: unknown): never {
  throw new RunError("The server does not let in the role that was made for the suite's SQL", {
    detail: cause instanceof RunError ? (cause.detail ?? cause.message) : String(cause),
    remedy:
      'Let roles named index_impact_... in with a password (pg_hba.conf), or name a role in --url that is no superuser and has CREATEDB.',
    cause,
  });
}
