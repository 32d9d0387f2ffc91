import { RunError } from '../../model/errors.ts';
import { bytes } from '../../format/quantity.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { listMade, listMadeRoles, type Made } from '../../database/leftovers.ts';
import { dropRole } from '../../database/owner-role.ts';
import { removeDatabase } from '../../database/remove-database.ts';
import type { Leftover } from '../target.ts';

/** What this role may drop of what runs have made on somebody's server. A role cannot be dropped while it owns one. */
export async function leftOnServer(url: string, signal: AbortSignal): Promise<Leftover[]> {
  const login = await carefulLogin(url, signal);
  const { host } = new URL(url);
  /** Somebody may have thought for a while about what is listed. */
  const removal = (name: string, list: List, remove: (admin: Connection) => Promise<void>): Promise<void> =>
    withConnection(login, signal, async (admin) => {
      if (await isStillOrphaned(admin, name, list)) await remove(admin);
      else throw new RunError('it is no longer orphaned');
    });
  return withConnection(login, signal, async (connection) => [
    ...(await listMade(connection)).map(({ name, bytes: size, isInUse }) => ({
      name,
      description: `a database on ${host}, ${bytes(size)}, ${stateOf(isInUse)}`,
      isOrphaned: !isInUse,
      remove: () => removal(name, listMade, (admin) => removeDatabase(admin, name, signal)),
    })),
    ...(await listMadeRoles(connection)).map(({ name, isInUse }) => ({
      name,
      description: `a role on ${host}, ${stateOf(isInUse)}`,
      isOrphaned: !isInUse,
      remove: () => removal(name, listMadeRoles, (admin) => dropRole(admin, name)),
    })),
  ]);
}

type List = (admin: Connection) => Promise<readonly Made[]>;

const isStillOrphaned = async (admin: Connection, name: string, list: List): Promise<boolean> =>
  (await list(admin)).some((made) => made.name === name && !made.isInUse);

const stateOf = (isInUse: boolean): string => (isInUse ? 'in use' : 'orphaned');
