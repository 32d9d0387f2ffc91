import { stat } from 'node:fs/promises';
import { DEFAULTS } from './defaults.ts';
import type { CommandLine } from './command-line.ts';
import { FlagReader } from './flag-reader.ts';
import type { Io } from './io.ts';
import { freshOptions, type RunOptions } from './options.ts';
import { directoryProblem } from './out-directory.ts';

export interface NightlyOptions {
  run: RunOptions;
  /** The directory that the night is added to. */
  history: string;
}

export interface GateOptions {
  file: string;
  history: string;
  /** Why what the night found is the new normal; undefined to judge only. */
  accept: string | undefined;
  /** Print the answer as JSON instead of tables. */
  json: boolean;
}

export interface CompareOptions {
  files: readonly [string, string];
}

/** A night measures everything, unless it is told otherwise. */
export async function nightlyOptions(line: CommandLine, env: Io['env']): Promise<NightlyOptions> {
  const read = new FlagReader({ ...line, problems: [] });
  const history = read.text('history', DEFAULTS.history);
  const problem = await directoryProblem(history);
  if (problem !== undefined) read.problem('history', problem);
  const values = { workload: DEFAULTS.nightlyWorkload, ...line.values };
  const fresh = await read.collect(() => freshOptions({ ...line, values }, env));
  return read.finish(fresh && { run: { ...fresh, resumed: undefined }, history });
}

export async function gateOptions(line: CommandLine): Promise<GateOptions> {
  const read = new FlagReader(line);
  const history = read.text('history', DEFAULTS.history);
  const isThere = await stat(history).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isThere) read.problem('history', `there is no directory ${history}`);
  const accept = read.isGiven('accept') ? read.text('accept', '') : undefined;
  if (accept?.trim() === '') read.problem('accept', 'takes the reason, in words');
  const [file = ''] = line.arguments;
  return read.finish({ file, history, accept, json: read.isGiven('json') });
}

export function compareOptions(line: CommandLine): CompareOptions {
  const [one = '', other = ''] = line.arguments;
  return new FlagReader(line).finish({ files: [one, other] as const });
}
