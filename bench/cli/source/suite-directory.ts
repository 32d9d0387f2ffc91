import { cp, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
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
export const writeDirectory = <T>(path: string, write: (directory: string) => Promise<T>): Promise<T> =>
  withSuiteDirectory(async (directory) => {
    const written = await write(directory);
    await moveTo(resolve(path), directory);
    return written;
  });

/** Another file system takes a copy. */
async function moveTo(path: string, directory: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rmdir(path).catch(() => undefined);
  await rename(directory, path).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await mkdir(path, { mode: 0o700 });
    await cp(directory, path, { recursive: true });
  });
}
