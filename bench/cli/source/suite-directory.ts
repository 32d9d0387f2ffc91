import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeServerDirectory } from '../../servers/embedded/server-directories.ts';

/** Runs `use` with a directory for a suite, which is gone afterwards. What a kill leaves, `clean` removes. */
export async function withSuiteDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await makeServerDirectory();
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Has `write` fill a directory, which is called `path` as soon as it is whole; nothing is left of one that is not. */
export async function writeDirectory<T>(path: string, write: (directory: string) => Promise<T>): Promise<T> {
  const whole = resolve(path);
  await mkdir(dirname(whole), { recursive: true });
  const directory = await mkdtemp(join(dirname(whole), `.${basename(whole)}-`));
  try {
    const written = await write(directory);
    await rmdir(whole).catch(() => undefined);
    await rename(directory, whole);
    return written;
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}
