import { constants, statSync, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { bytes } from '../format/quantity.ts';
import { utf8Text } from './utf8-text.ts';

/** The largest file that is read at once: hundreds of times as large as a large result. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Reads a file that a user named. Only a regular file is read: a pipe or a device may never end, and its read cannot
 * be interrupted.
 *
 * @throws Error saying what is at the path instead, or the system's own
 */
export async function readNamedFile(path: string): Promise<Buffer> {
  refuseUnlessFile(await stat(path));
  // If a pipe has replaced the file by now, opening it does not wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    refuseUnlessFile(await file.stat());
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Reads a text that a user named, in UTF-8.
 *
 * @throws Error as `readNamedFile` does, or saying which encoding it has
 */
export const readNamedText = async (path: string): Promise<string> => utf8Text(await readNamedFile(path));

/**
 * Why the path cannot be read; undefined where it is a file.
 *
 * @param mostBytes of a file that is read at once; Infinity for one that is read in parts
 */
export function fileProblem(path: string, mostBytes = MOST_BYTES): string | undefined {
  const found = existing(path);
  if (!found) return `there is no file ${path}`;
  const problem = problemOf(found, mostBytes);
  return problem === undefined ? undefined : `${path}: ${problem}`;
}

/** A path as it is shown: short where it lies in the working directory. */
export function shownPath(path: string): string {
  const shorter = relative(process.cwd(), path);
  return shorter.startsWith('..') ? path : shorter;
}

/** A path that cannot be examined, such as a name with a NUL or one that is too long, counts as missing. */
function existing(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function refuseUnlessFile(found: Stats): void {
  const problem = problemOf(found, MOST_BYTES);
  if (problem !== undefined) throw new Error(problem);
}

function problemOf(found: Stats, mostBytes: number): string | undefined {
  if (!found.isFile()) return `it is ${kindOf(found)}, and has to be a file`;
  if (found.size > mostBytes) return `it has ${bytes(found.size)}; at most ${bytes(mostBytes)} are read`;
  return undefined;
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a directory';
  if (found.isFIFO()) return 'a pipe';
  if (found.isSocket()) return 'a socket';
  return 'a device';
}
