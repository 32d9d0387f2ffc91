import { chmod, chown, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ownedFiles, ownedName } from './owned-name.ts';

/**
 * Writes a file whole or not at all: a reader, or a crash, never meets half of it. Once this has returned, it is on the
 * disk. A link is followed; owner and mode of what was there stay. What killed processes have begun to write in this
 * directory is removed.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
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

async function keepRights(from: string, to: string): Promise<void> {
  const rights = await stat(from).catch(() => undefined);
  if (!rights) return;
  await chmod(to, rights.mode);
  // Only root may give a file away.
  if (process.getuid?.() === 0) await chown(to, rights.uid, rights.gid);
}

/** Not every file system can. */
const CANNOT_SYNC = ['EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM'];

/** A new name is on the disk when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path);
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    if (!CANNOT_SYNC.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
