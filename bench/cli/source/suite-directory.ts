import { cp, mkdir, mkdtemp, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RunError } from '../../model/errors.ts';
import { isFull } from '../../system/disk.ts';
import { REMEDY } from './refuse-without-room.ts';
import { makeServerDirectory } from '../../servers/embedded/server-directories.ts';

/**
 * Runs `use` with a directory for a suite, which is gone afterwards. What a kill leaves, `clean` removes.
 *
 * @throws RunError naming the directory where its disk is full
 */
export async function withSuiteDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await makeServerDirectory();
  try {
    return await use(directory);
  } catch (error) {
    throw isFull(error) ? fullDisk(directory, error) : error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Has `write` fill a directory, which is called `path` as soon as it is whole; nothing is left of one that is not. */
export const writeDirectory = <T>(path: string, write: (directory: string) => Promise<T>): Promise<T> =>
  withSuiteDirectory(async (directory) => {
    const written = await write(directory);
    await moveTo(resolve(path), directory);
    return written;
  });

/** Where a link leads to. What others have put there meanwhile stays, and the suite gets a name beside it. */
async function moveTo(named: string, directory: string): Promise<void> {
  const path = await realpath(named).catch(() => named);
  await mkdir(dirname(path), { recursive: true });
  await rmdir(path).catch(() => undefined);
  await moveOrCopy(directory, path).catch(async (error: unknown) => {
    if (!TAKEN.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const beside = await mkdtemp(`${path}-`);
    await rmdir(beside);
    await moveOrCopy(directory, beside);
    throw new RunError(`${named} has got other files meanwhile`, {
      remedy: `The suite is in ${beside}: run --suite ${beside}`,
      cause: error,
    });
  });
}

/** Codes of a name that something else has. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'];

/** Another file system takes a copy. */
async function moveOrCopy(directory: string, path: string): Promise<void> {
  await rename(directory, path).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await mkdir(path, { mode: 0o700 });
    await copyWhole(directory, path);
  });
}

async function copyWhole(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true });
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw isFull(error) ? fullDisk(to, error) : error;
  }
}

const fullDisk = (directory: string, cause: Error): RunError =>
  new RunError(`The disk of ${directory} is full`, { detail: cause.message, remedy: REMEDY, cause });
