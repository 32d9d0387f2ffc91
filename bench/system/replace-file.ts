import { chmod, chown, lstat, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ownedFiles, ownedName } from './owned-name.ts';

/**
 * Writes a file atomically: a reader never sees half of it, not even after a crash. On return it is on the disk. A
 * link is followed; owner and mode of the existing file stay. Removes files that killed processes began to write in
 * this directory.
 *
 * @throws when the file, or its directory, is a link that another user made (Linux, sysctl/fs, protected_symlinks)
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await refuseForeignLink(dirname(path));
  await mkdir(dirname(path), { recursive: true });
  await refuseForeignLink(path);
  const target = await realpath(path).catch(() => path);
  const partial = ownedName(target, 'partial');
  try {
    await writeFile(partial, content, { flush: true });
    await keepRights(target, partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncDirectory(dirname(target));
  await ownedFiles(target, 'partial');
}

/** Otherwise a user who may write in the directory could choose which of our files is replaced. */
async function refuseForeignLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isSymbolicLink() || found.uid === 0 || found.uid === process.getuid?.()) return;
  throw new Error(`${path} is a link of another user (uid ${found.uid}), and is not followed`);
}

async function keepRights(from: string, to: string): Promise<void> {
  const rights = await stat(from).catch(() => undefined);
  if (!rights) return;
  await chmod(to, rights.mode);
  // Only root may change a file's owner.
  if (process.getuid?.() === 0) await chown(to, rights.uid, rights.gid);
}

/** Not every file system supports it. */
const CANNOT_SYNC = ['EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'];

/** A new name is on the disk once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path);
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    if (!CANNOT_SYNC.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
