import { stat } from 'node:fs/promises';
import { readHistory } from '../history/history.ts';
import type { HistoryPlace } from '../history/kept-results.ts';
import type { Result } from '../model/result.ts';
import type { CommandLine } from './command-line.ts';
import { DEFAULTS } from './defaults.ts';
import { FlagReader } from './flag-reader.ts';
import { historyPlace, historyProblems } from './history-place.ts';
import type { Io } from './io.ts';
import { freshOptions, type RunOptions } from './options.ts';
import { resultArgument, resultFileAt } from './read-result.ts';

export interface NightlyOptions {
  run: RunOptions;
  /** What the night is added to. */
  place: HistoryPlace;
}

export interface GateOptions {
  /** Of the result. */
  file: string;
  result: Result;
  place: HistoryPlace;
  /** Why what the night found is the new normal; undefined to judge only. */
  accept: string | undefined;
  /** Print the answer as JSON instead of tables. */
  json: boolean;
}

export interface CompareOptions {
  results: readonly [Result, Result];
}

/** A night measures everything, unless it is told otherwise. */
export async function nightlyOptions(line: CommandLine, env: Io['env']): Promise<NightlyOptions> {
  const read = new FlagReader({ ...line, problems: [] });
  const place = await chosenHistory(read, historyProblems);
  const values = { workload: DEFAULTS.nightlyWorkload, ...line.values };
  const fresh = await read.collect(() => freshOptions({ ...line, values }, env));
  return read.finish(fresh && { run: { ...fresh, resumed: undefined }, place });
}

export async function gateOptions(line: CommandLine): Promise<GateOptions> {
  const read = new FlagReader(line);
  const accept = read.isGiven('accept') ? read.text('accept', '') : undefined;
  if (accept?.trim() === '') read.problem('accept', 'takes the reason, in words');
  const place = await chosenHistory(read, async (directory) => {
    const absence = await absenceOf(directory);
    return absence.length > 0 || accept === undefined ? absence : historyProblems(directory);
  });
  const file = await resultFileAt(line.arguments[0] ?? '');
  const result = await resultArgument(read, line, 0);
  return read.finish(result && { file, result, place, accept, json: read.isGiven('json') });
}

export async function compareOptions(line: CommandLine): Promise<CompareOptions> {
  const read = new FlagReader(line);
  const one = await resultArgument(read, line, 0);
  const other = await resultArgument(read, line, 1);
  return read.finish(one && other && { results: [one, other] });
}

/** What is damaged in a history that is there is a problem like any other. */
async function chosenHistory(
  read: FlagReader,
  problemsOf: (directory: string) => Promise<string[]>,
): Promise<HistoryPlace> {
  const place = historyPlace(read.text('history', DEFAULTS.history));
  const problems = await problemsOf(place.directory);
  for (const problem of problems) read.problem('history', problem);
  if (problems.length === 0) await read.collect(() => readHistory(place));
  return place;
}

async function absenceOf(directory: string): Promise<string[]> {
  const isThere = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere ? [] : [`there is no directory ${directory}`];
}
