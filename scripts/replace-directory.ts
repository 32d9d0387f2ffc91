import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const STAGED = '.publishing';
const REPLACED = /^\.replaced-(.+)$/;

/**
 * Copies a directory to `target` and replaces the existing one. The existing one stays until the copy is complete;
 * {@link putBack} restores it if this process is killed before the copy has its name.
 *
 * @param stage a directory for partial copies, on the same file system
 * @param finish changes the copy before it gets its name
 */
export async function replaceDirectory(
  from: string,
  target: string,
  stage: string,
  finish: (copy: string) => Promise<void>,
): Promise<void> {
  const [staged, replaced] = [join(stage, STAGED), join(stage, `.replaced-${basename(target)}`)];
  try {
    await cp(from, staged, { recursive: true });
    await finish(staged);
    await mkdir(dirname(target), { recursive: true });
    if (existsSync(target)) await rename(target, replaced);
    await rename(staged, target);
  } finally {
    await putBack(dirname(target), stage);
  }
}

/**
 * Cleans up after a killed process: removes unfinished copies, and restores a directory whose replacement never came.
 */
export async function putBack(directory: string, stage: string): Promise<void> {
  await rm(join(stage, STAGED), { recursive: true, force: true });
  for (const name of await readdir(stage)) {
    const target = REPLACED.exec(name)?.[1];
    if (target === undefined) continue;
    if (existsSync(join(directory, target))) await rm(join(stage, name), { recursive: true, force: true });
    else await rename(join(stage, name), join(directory, target));
  }
}
