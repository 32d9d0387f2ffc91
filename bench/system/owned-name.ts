import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunning, processIdentity } from './process-identity.ts';

/** `partial`: a file being written, to be renamed. `claim`: of a lock, held or wanted. */
type Purpose = 'partial' | 'claim';

const OWNED = /\.(\d+-\d+-\d+)\.[0-9a-f]{8}\.(partial|claim)$/;

/** A unique name beside `path` that says which process the file belongs to. */
export const ownedName = (path: string, purpose: Purpose): string =>
  `${path}.${processIdentity(process.pid)}.${randomUUID().slice(0, 8)}.${purpose}`;

/** The process that such a file belongs to. */
export const ownerOf = (name: string): number => Number(/^\d+/.exec(OWNED.exec(name)?.[1] ?? '')?.[0]);

/** Files with such names beside `path`, or in its directory; removes those of ended processes. */
export async function ownedFiles(path: string, purpose: Purpose): Promise<string[]> {
  const directory = dirname(path);
  const names = (await readdir(directory)).filter((name) => OWNED.exec(name)?.[2] === purpose);
  const abandoned = names.filter((name) => isRunning(OWNED.exec(name)?.[1] ?? '') === false);
  for (const name of abandoned) await rm(join(directory, name), { force: true });
  return names.filter((name) => !abandoned.includes(name) && name.startsWith(`${basename(path)}.`));
}
