import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../model/errors.ts';
import { ownedFiles, ownedName, ownerOf } from './owned-name.ts';

/** Far longer than the writing of a file holds a lock. */
const PATIENCE_MS = 30_000;

/**
 * Runs `use` while no other caller, in this process or another, does so for the same path. A claim is a file beside
 * `path` that names its process. A process that makes a claim and then sees no other one holds the lock; if it sees
 * another, it withdraws its own. Any process removes the claim of an ended process. Claims never share a name, so
 * none removes another's.
 *
 * @param patienceMs how long to wait for another one
 * @throws RunError naming the process that keeps the lock
 */
export async function withLock<T>(
  path: string,
  signal: AbortSignal,
  use: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const claim = await claimed(path, patienceMs, signal);
  try {
    return await use();
  } finally {
    await rm(claim, { force: true });
  }
}

async function claimed(path: string, patienceMs: number, signal: AbortSignal): Promise<string> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const claim = await tryToClaim(path);
    if (claim.state === 'held') return claim.file;
    if (performance.now() >= giveUpAt) throw heldBy(path, claim.by);
    await sleep(10 + 40 * Math.random(), undefined, { signal });
  }
}

type Attempt = { state: 'held'; file: string } | { state: 'refused'; by: string };

async function tryToClaim(path: string): Promise<Attempt> {
  const [holder] = await ownedFiles(path, 'claim');
  if (holder !== undefined) return { state: 'refused', by: holder };
  const file = ownedName(path, 'claim');
  await writeFile(file, '', { flag: 'wx' });
  const [rival] = (await ownedFiles(path, 'claim')).filter((name) => !file.endsWith(name));
  if (rival === undefined) return { state: 'held', file };
  await rm(file, { force: true });
  return { state: 'refused', by: rival };
}

const heldBy = (path: string, claim: string): RunError =>
  new RunError(`${path} is being written by process ${ownerOf(claim)}`, {
    remedy: `Wait for it. Where no such process runs, remove ${join(dirname(path), claim)}.`,
  });
