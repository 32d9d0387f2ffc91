import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { NotComparable, UsageError } from '../model/errors.ts';
import type { Sweep } from '../model/sweep.ts';
import { parseSweep } from '../report/sweep/sweep-file.ts';
import { SWEEP_FILE } from '../report/sweep/write-sweep.ts';
import { holdsUnfinished, readUnfinished } from '../run/unfinished.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import { readNamedFile } from '../system/named-file.ts';

/**
 * @param path of a sweep's directory, or of a file in it
 * @param asked what the path was named for, for messages
 * @returns the sweep, and the directory that its own is in
 * @throws UsageError when there is nothing to go on with
 */
export async function readUnfinishedSweep(
  path: string,
  asked: string,
): Promise<{ sweep: Sweep; out: string }> {
  const directory = await directoryOf(path);
  const file = join(directory, SWEEP_FILE);
  const bytes = await readNamedFile(file).catch(() => {
    throw new UsageError([`${asked}: ${directory} holds no sweep`]);
  });
  const sweep = parseSweep(bytes.toString(), file);
  if (basename(resolve(directory)) !== sweep.id)
    throw new UsageError([
      `${asked}: ${directory} holds the sweep ${sweep.id}; call the directory that again`,
    ]);
  if (sweep.outcome.state === 'complete')
    throw new UsageError([`${asked}: the sweep in ${directory} is complete; nothing is left to measure`]);
  return { sweep, out: dirname(directory) };
}

const directoryOf = async (path: string): Promise<string> => {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? dirname(path) : path;
};

/** @throws NotComparable with everything that is not as the sweep began with */
export function refuseOtherSources({ sources: then }: Sweep, now: Sweep['sources']): void {
  const changed = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
    (name) => then[name] !== now[name],
  );
  if (changed.length > 0) throw new NotComparable(changed.map((name) => `the suite's ${name} has changed`));
}

/** What the run of a scale had measured when the sweep ended; undefined where it had not come so far. */
export async function unfinishedRun(
  { begun }: Sweep,
  scale: number,
  directory: string,
): Promise<Unfinished | undefined> {
  if (begun?.scale !== scale) return undefined;
  const place = join(directory, begun.run);
  return holdsUnfinished(place) ? (await readUnfinished(place, '--resume')).unfinished : undefined;
}
