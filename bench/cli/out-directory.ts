import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Why files could not be written below `path`, which need not exist yet; undefined when they could. */
export async function directoryProblem(path: string): Promise<string | undefined> {
  const existing = await nearestExisting(resolve(path));
  if (!existing.isDirectory) return `${existing.path} is a file; it takes a directory`;
  const isWritable = await access(existing.path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return isWritable ? undefined : `${existing.path} cannot be written to; it takes a directory that can`;
}

async function nearestExisting(path: string): Promise<{ path: string; isDirectory: boolean }> {
  const found = await stat(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : { isDirectory: () => false };
  });
  return found ? { path, isDirectory: found.isDirectory() } : nearestExisting(dirname(path));
}
