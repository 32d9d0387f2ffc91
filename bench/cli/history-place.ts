import { open } from 'node:fs/promises';
import type { FlagReader } from '../flags/flag-reader.ts';
import { journalIn, readHistory } from '../history/history.ts';
import { resultsIn, type HistoryPlace } from '../history/kept-results.ts';
import { nightOf } from '../history/night-of.ts';
import { fileProblem } from '../system/named-file.ts';
import { history } from './flags.ts';
import { directoryProblem } from './out-directory.ts';
import { readResult } from './read-result.ts';

/** What is damaged in a history that is there is a problem like any other. */
export async function chosenHistory(
  read: FlagReader,
  problemsOf: (directory: string) => Promise<string[]>,
): Promise<HistoryPlace> {
  const place = historyPlace(read.value(history));
  const problems = await problemsOf(place.directory);
  for (const problem of problems) read.problem(history, problem);
  if (problems.length === 0) await read.collect(() => readHistory(place));
  return place;
}

const historyPlace = (directory: string): HistoryPlace => ({
  directory,
  nightIn: async (resultFile) => nightOf(await readResult('history', resultFile)),
});

/** Why nothing could be added to a history, which need not exist yet. */
export async function historyProblems(directory: string): Promise<string[]> {
  const problems = [
    await directoryProblem(directory),
    await directoryProblem(resultsIn(directory)),
    await journalProblem(journalIn(directory)),
  ];
  return [...new Set(problems.flatMap((problem) => problem ?? []))];
}

/** It is replaced as a whole, which a file's own rights do not keep anybody from. */
async function journalProblem(path: string): Promise<string | undefined> {
  if (fileProblem(path) !== undefined) return undefined;
  try {
    await (await open(path, 'r+')).close();
    return undefined;
  } catch (error) {
    return `nothing can be added to ${path}: ${(error as Error).message}`;
  }
}
