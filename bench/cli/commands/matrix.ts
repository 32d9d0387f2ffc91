import type { CommandLine } from '../../flags/commands.ts';
import { FlagReader } from '../../flags/flag-reader.ts';
import { nameOf } from '../../flags/flag.ts';
import { ExitCode } from '../../model/errors.ts';
import { renderMatrix, type MatrixEntry } from '../../report/matrix.ts';
import { target } from '../../servers/choose.ts';
import { majors, pg } from '../../servers/flags.ts';
import { TARGETS } from '../../servers/index.ts';
import { explainFailure } from '../failure.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';
import { runOptions, type RunOptions } from '../run-options.ts';
import { measure } from './run.ts';

export const execute: Execute = async (line, io) => matrix(await matrixOptions(line, io.env), io);

/** A run on one of the majors that were asked for. */
interface MajorRun {
  major: number;
  options: RunOptions;
}

/** @throws UsageError, and RunError for majors that have to be added first */
async function matrixOptions(line: CommandLine, env: Io['env']): Promise<MajorRun[]> {
  const read = new FlagReader(line, env);
  const [chosen, asked] = [read.value(target), read.value(majors)];
  if (chosen.majors.length === 0) {
    const others = TARGETS.filter((other) => other.majors.length > 0).map(({ name }) => name);
    read.problem(
      target,
      `${chosen.name} has one PostgreSQL, which is there already; matrix takes ${others.join(', ')}`,
    );
  }
  const runOn = async (major: number): Promise<MajorRun> => {
    const values = { ...line.values, ...(chosen.flags.includes(pg) && { [nameOf(pg)]: String(major) }) };
    return { major, options: await runOptions({ ...line, command: 'run', values, problems: [] }, env) };
  };
  const runs = read.finish(await read.collect(() => Promise.all(asked.map(runOn))));
  chosen.requireMajors?.(asked);
  return runs;
}

/** `index-impact matrix`: the same run on one major after another, and one table of what came of it. */
async function matrix(runs: readonly MajorRun[], io: Io): Promise<ExitCode> {
  const entries: MatrixEntry[] = [];
  for (const run of runs) entries.push(await measureOn(run, io));
  await print(io, renderMatrix(entries, appearance(io.stdout, io.env)));
  return entries.every(({ state }) => state === 'measured') ? ExitCode.done : ExitCode.incomplete;
}

/** What one major cannot do takes nothing from the others. */
async function measureOn({ major, options }: MajorRun, io: Io): Promise<MatrixEntry> {
  try {
    const { result } = await measure(options, io);
    return { major, state: 'measured', result };
  } catch (error) {
    if (io.signal.aborted) throw error;
    const { text } = explainFailure(error);
    io.stderr.write(text);
    return { major, state: 'failed', message: text.trim().split('\n')[0] ?? '' };
  }
}
