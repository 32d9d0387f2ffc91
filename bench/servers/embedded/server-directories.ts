import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readdir, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { RunError } from '../../model/errors.ts';
import { isRunning, processIdentity } from '../../system/process-identity.ts';
import { hasProcessTable } from '../../system/process-table.ts';
import { homeIn, processesOf } from './server-processes.ts';

/** The directory of an embedded server. Its name says which process made it, so that there is no moment without an owner. */
export interface ServerDirectory {
  path: string;
  state: DirectoryState;
}

/**
 * - `orphaned`: its process has ended without removing it
 * - `ended`: it was kept, and its server has ended since
 */
export type DirectoryState = 'in use' | 'kept' | 'ended' | 'orphaned';

const NAME = /^index-impact-(\d+-\d+-\d+)-\w{6}$/;
const KEPT = 'kept';

/**
 * Makes a directory that this process owns.
 *
 * @throws RunError where that cannot be, or where others could put something else in its place
 */
export async function makeServerDirectory(): Promise<string> {
  const place = await temporaryDirectory();
  try {
    return await mkdtemp(join(place, `index-impact-${processIdentity(process.pid)}-`));
  } catch (cause) {
    throw new RunError(`No directory for the server could be made in ${place}`, {
      detail: (cause as Error).message,
      remedy: 'Free space there, or name another place in TMPDIR that you may write in.',
      cause,
    });
  }
}

/** Without a link on the way, so that what runs there says so by the same name. */
async function temporaryDirectory(): Promise<string> {
  const place = await realpath(tmpdir()).catch((cause: unknown) => {
    throw new RunError(`There is no temporary directory ${tmpdir()}`, {
      detail: (cause as Error).message,
      remedy: 'TMPDIR names it: make it, or name another one.',
      cause,
    });
  });
  if (!(await canBeReplaced(place))) return place;
  throw new RunError(`Others may replace what is made in ${place}`, {
    remedy: 'Name in TMPDIR a directory of your own, or one of root with the sticky bit, such as /tmp.',
  });
}

/** Whoever owns a directory may put something else in the place of what is in it, and all who may write there without its sticky bit. */
async function canBeReplaced(place: string): Promise<boolean> {
  const { mode, uid } = await lstat(place);
  return (mode & 0o1002) === 0o002 || ![0, process.getuid?.()].includes(uid);
}

/** Notes that a server is to outlive its process. */
export const keepServerDirectory = (directory: string): Promise<void> => writeFile(join(directory, KEPT), '');

/** Those of this user below the temporary directory. */
export async function listServerDirectories(): Promise<ServerDirectory[]> {
  const place = await temporaryDirectory();
  const found: ServerDirectory[] = [];
  for (const name of await readdir(place)) {
    const path = join(place, name);
    const state = (await strangeness(path)) === undefined ? await stateOf(path) : undefined;
    if (state) found.push({ path, state });
  }
  return found;
}

/**
 * Why a directory is not the one of a server of this user; undefined when it is. Anybody may make something with such
 * a name where everybody may write: only what others can neither have made nor changed is trusted.
 */
export async function strangeness(path: string): Promise<string | undefined> {
  if (!NAME.test(basename(path))) return 'has not the name of a server directory (index-impact-...)';
  const found = await lstat(path).catch(() => undefined);
  if (!found) return 'is not there';
  if (found.isSymbolicLink()) return 'is a link';
  if (!found.isDirectory()) return 'is no directory';
  if (found.uid !== process.getuid?.()) return `belongs to another user (${found.uid})`;
  if ((found.mode & 0o022) !== 0) return 'may be written in by others';
  return (await canBeReplaced(dirname(path))) ? 'lies where others may replace it' : undefined;
}

/** Undefined where that cannot be told from here. */
export async function stateOf(path: string): Promise<DirectoryState | undefined> {
  const runs = isRunning(NAME.exec(basename(path))?.[1] ?? '');
  if (existsSync(join(path, KEPT))) {
    const isKnown = runs !== undefined && hasProcessTable();
    return isKnown && (await processesOf(path, await serverUids(path))).length === 0 ? 'ended' : 'kept';
  }
  return runs === undefined ? undefined : runs ? 'in use' : 'orphaned';
}

/** The users that the processes of a directory's server may run as: this one, and whom its own part was given to. */
export async function serverUids(directory: string): Promise<number[]> {
  const home = await lstat(homeIn(directory)).catch(() => undefined);
  return [process.getuid?.(), home?.uid].filter((uid) => uid !== undefined);
}
