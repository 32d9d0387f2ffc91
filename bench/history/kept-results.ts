import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { HistoryEntry, Night } from '../model/night.ts';
import { readNamedFile } from '../system/named-file.ts';
import { replaceFile } from '../system/replace-file.ts';

/** The directory of a history, and how a night is made from a complete result's file. */
export interface HistoryPlace {
  directory: string;
  nightIn: (resultFile: string) => Promise<Night>;
}

export const resultsIn = (directory: string): string => join(directory, 'results');

/** Keeps the complete result of a night. */
export async function keepResult(directory: string, run: string, resultFile: string): Promise<void> {
  await replaceFile(join(resultsIn(directory), `${run}.json`), await readNamedFile(resultFile));
}

/** A complete result without a line in the history. */
export type Unrecorded = { file: string } & ({ night: Night } | { problem: string });

/** Left by a process that was killed after it had kept the result and before it added the line. */
export async function unrecordedResults(
  { directory, nightIn }: HistoryPlace,
  entries: readonly HistoryEntry[],
): Promise<Unrecorded[]> {
  const recorded = new Set(entries.filter(({ kind }) => kind === 'night').map(({ run }) => run));
  const names = await readdir(resultsIn(directory)).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json') && !recorded.has(basename(name, '.json')));
  return Promise.all(
    files.toSorted().map((name) => examined(join(resultsIn(directory), name), nightIn, recorded)),
  );
}

async function examined(
  file: string,
  nightIn: HistoryPlace['nightIn'],
  recorded: ReadonlySet<string>,
): Promise<Unrecorded> {
  try {
    const night = await nightIn(file);
    return recorded.has(night.run)
      ? { file, problem: `run ${night.run} already has a line` }
      : { file, night };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { file, problem: error.problems[0] ?? error.message };
  }
}
