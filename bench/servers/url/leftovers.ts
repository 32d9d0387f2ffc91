import { RunError } from '../../model/errors.ts';
import { bytes } from '../../format/quantity.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { listMade, listMadeRoles, type Made } from '../../database/leftovers.ts';
import { APPLICATION_NAME, PROCESS_TOKEN, type Login } from '../../database/login.ts';
import { dropRole } from '../../database/owner-role.ts';
import { removeDatabase } from '../../database/remove-database.ts';
import type { LeftBehind, Leftover } from '../target.ts';
import { clusterSettings, placesOf, type Place } from './cluster.ts';
import { withSettings } from './welcome.ts';

/** What this role may drop of what runs have made on somebody's server, or on every node of a cluster. */
export async function leftOnServer(url: string, signal: AbortSignal): Promise<Leftover[]> {
  const left: Leftover[] = [];
  for (const place of await placesOf(url, signal)) left.push(...(await leftAt(place, signal)));
  return left;
}

/** A role cannot be dropped while it owns a database. */
async function leftAt({ url, address }: Place, signal: AbortSignal): Promise<Leftover[]> {
  const careful = await carefulLogin(url, signal);
  const login = address === undefined ? careful : withSettings(careful, clusterSettings(undefined));
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

/**
 * Removes everything that this process has made. The run may have been interrupted or have failed: what happens here
 * takes nothing from that, so that it is told and never thrown.
 *
 * @param command that tries again what could not be removed
 */
export async function clearOurs(admin: Login, command: string): Promise<LeftBehind[]> {
  return (await clear(admin)).map((left) => ({ ...left, command }));
}

type Left = Omit<LeftBehind, 'command'>;

async function clear(admin: Login): Promise<Left[]> {
  const { signal } = new AbortController();
  try {
    return await withConnection(admin, signal, async (connection) => {
      await endOtherSessions(connection);
      return [...(await clearDatabases(connection, signal)), ...(await clearRoles(connection))];
    });
  } catch (error) {
    return [{ name: 'What was made', reason: reasonOf(error) }];
  }
}

async function clearDatabases(connection: Connection, signal: AbortSignal): Promise<Left[]> {
  const own = (await listMade(connection)).filter(({ isOwn }) => isOwn);
  return attemptEach(own, (name) => removeDatabase(connection, name, signal));
}

/** After the databases: a role cannot be dropped while it owns one. */
async function clearRoles(connection: Connection): Promise<Left[]> {
  const own = (await listMadeRoles(connection)).filter(({ isOwn }) => isOwn);
  return attemptEach(own, (name) => dropRole(connection, name));
}

/** One after another; what cannot be removed does not keep the others. */
async function attemptEach(
  made: readonly { name: string }[],
  remove: (name: string) => Promise<void>,
): Promise<Left[]> {
  const left: Left[] = [];
  for (const { name } of made) {
    try {
      await remove(name);
    } catch (error) {
      left.push({ name, reason: reasonOf(error) });
    }
  }
  return left;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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
    [APPLICATION_NAME, END_TIMEOUT_MS, `index_impact_${PROCESS_TOKEN}_`],
  );
}
