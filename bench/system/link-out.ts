import { realpath } from 'node:fs/promises';
import { join, normalize, relative, sep } from 'node:path';
import { shownPath } from './named-file.ts';

/**
 * Why a file of a folder is not to be read: it is a link to what is no part of the folder, or hidden in it. A branch of
 * somebody else can hold a link to any file of the machine that reads it, and messages repeat what is read.
 *
 * @param path in the folder
 * @returns undefined for a file of the folder, and for a link to nothing
 */
export async function linkOut(folder: string, path: string): Promise<string | undefined> {
  const whole = join(folder, path);
  const [base, real] = await Promise.all([folder, whole].map((one) => realpath(one).catch(() => undefined)));
  if (base === undefined || real === undefined) return undefined;
  const inside = relative(base, real);
  if (inside === normalize(path) || inside.split(sep).every(isSeen)) return undefined;
  return `${shownPath(whole)} is a link to what is no file of the folder: put the file itself there`;
}

/** `..` is not. */
const isSeen = (name: string): boolean => !name.startsWith('.');
