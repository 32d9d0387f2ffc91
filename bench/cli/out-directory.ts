import { lstat, mkdtemp, open, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FlagReader } from '../flags/flag-reader.ts';
import { out } from './flags.ts';

/** Where reports go, which need not exist yet. */
export async function outDirectory(read: FlagReader): Promise<string> {
  const directory = read.value(out);
  const problem = await directoryProblem(directory);
  if (problem !== undefined) read.problem(out, problem);
  return directory;
}

/** Why files could not be written below `path`, which need not exist yet; undefined when they could. */
export async function directoryProblem(path: string): Promise<string | undefined> {
  const existing = await nearestExisting(resolve(path)).catch((error: unknown) => error as Error);
  if (existing instanceof Error) return `${path} cannot be a directory: ${existing.message}`;
  if (!existing.isDirectory) return `${existing.path} is a file; it takes a directory`;
  // Permissions alone do not tell: root passes them all, a read-only file system none.
  const probe = await mkdtemp(join(existing.path, '.index-impact-')).catch(() => undefined);
  if (probe === undefined) return `nothing can be written in ${existing.path}; it takes a directory that can`;
  await rmdir(probe);
  return undefined;
}

/** The same for a directory that is to be made: what is there already is not touched. */
export async function newDirectoryProblem(path: string): Promise<string | undefined> {
  const problem = await directoryProblem(path);
  if (problem !== undefined) return problem;
  const entries = await readdir(path).catch(() => []);
  return entries.length > 0
    ? `${path} is not empty; it takes a directory that is empty, or not there`
    : undefined;
}

/** The same for a file. What is there already is not replaced, unless it is of the same kind: the text tells. */
export async function newFileProblem(path: string, isOfKind: RegExp): Promise<string | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : message;
  });
  if (typeof found === 'string') return `${path} cannot be a file: ${found}`;
  if (found?.isDirectory()) return `${path} is a directory; it takes a file`;
  if (found?.isFile() === false) return `${path} is no plain file; it takes one, or nothing for stdout`;
  if (found && found.size > 0 && !isOfKind.test(await beginningOf(path)))
    return `${path} is there, and something else; it takes a file that is not there, or one of its kind`;
  return directoryProblem(dirname(resolve(path)));
}

/** @throws when the file system cannot say: the name is too long, a part may not be entered */
async function nearestExisting(path: string): Promise<{ path: string; isDirectory: boolean }> {
  const found = await stat(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!found && (await isLink(path))) throw new Error(`${path} is a link that leads nowhere`);
  return found ? { path, isDirectory: found.isDirectory() } : nearestExisting(dirname(path));
}

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );

const BEGINNING_BYTES = 256;

async function beginningOf(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
