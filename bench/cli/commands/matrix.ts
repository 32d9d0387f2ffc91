import { ExitCode } from '../../model/errors.ts';
import { renderMatrix, type MatrixEntry } from '../../report/matrix.ts';
import type { Execute } from '../execute.ts';
import { explainFailure } from '../failure.ts';
import { appearance, type Io } from '../io.ts';
import { matrixOptions, type RunOptions } from '../options.ts';
import { measure } from './run.ts';

export const execute: Execute = async (line, io) => matrix(await matrixOptions(line, io.env), io);

/** `index-impact matrix`: the same run on one major after another, and one table of what came of it. */
async function matrix(runs: readonly RunOptions[], io: Io): Promise<ExitCode> {
  const entries: MatrixEntry[] = [];
  for (const options of runs) {
    const { server } = options;
    if (server.target !== 'url') entries.push(await measureOn(server.major, options, io));
  }
  io.stdout.write(renderMatrix(entries, appearance(io.stdout, io.env)));
  return entries.every(({ state }) => state === 'measured') ? ExitCode.done : ExitCode.incomplete;
}

/** What one major cannot do takes nothing from the others. */
async function measureOn(major: number, options: RunOptions, io: Io): Promise<MatrixEntry> {
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
