import { RunError } from '../model/errors.ts';
import { bytes } from '../format/quantity.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { carefulLogin } from '../database/event-triggers.ts';
import { listMade, listMadeRoles, type Made } from '../database/leftovers.ts';
import { dropRole } from '../database/owner-role.ts';
import { removeDatabase } from '../database/remove-database.ts';
import { listContainers } from './docker/docker.ts';
import { removeServer } from './embedded/remove-server.ts';
import { listServerDirectories, type DirectoryState } from './embedded/server-directories.ts';

/** Something that a run has made and not removed. */
export interface Leftover {
  name: string;
  /** What it is, and where. */
  description: string;
  /** Nobody's: what is in use, or kept and running, is left alone. */
  isOrphaned: boolean;
  remove: () => Promise<unknown>;
}

/** Embedded servers of this user, containers made from here, and databases on the server of `url` that this role may drop. */
export async function findLeftovers(url: string | undefined, signal: AbortSignal): Promise<Leftover[]> {
  return [
    ...(await findServers()),
    ...(await findContainers()),
    ...(url === undefined ? [] : await findOnServer(url, signal)),
  ];
}

async function findServers(): Promise<Leftover[]> {
  const directories = await listServerDirectories();
  return directories.map(({ path, state }) => ({
    name: path,
    description: `an embedded server, ${SERVER_STATES[state]}`,
    isOrphaned: state === 'orphaned' || state === 'ended',
    remove: () => removeServer(path),
  }));
}

const SERVER_STATES: Record<DirectoryState, string> = {
  'in use': 'in use',
  kept: 'kept',
  ended: 'kept, and no longer running',
  orphaned: 'orphaned',
};

async function findContainers(): Promise<Leftover[]> {
  const containers = await listContainers();
  return containers.map(({ id, image, state, remove }) => ({
    name: id,
    description: `a container of ${image}, ${state}`,
    isOrphaned: state === 'orphaned',
    remove,
  }));
}

/** Databases first: a role cannot be dropped while it owns one. */
async function findOnServer(url: string, signal: AbortSignal): Promise<Leftover[]> {
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
