import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ExitCode, RunError, UsageError } from '../../bench/model/errors.ts';
import { COMMAND } from './arguments.ts';

/** As `npm run bench` starts it. */
const PROGRAM = ['--import', './scripts/typescript.js', 'bench/bin.ts', 'run'];

/**
 * Makes runs in a row, each a whole process: a run shares nothing with the next one but the machine.
 *
 * @param flags of `run`
 * @param tell is told the ordinal of each run as it begins
 * @throws UsageError when `run` refuses the flags; it has said why
 * @throws RunError when a run fails, and the signal's reason when it is interrupted
 */
export async function makeRuns(
  count: number,
  flags: readonly string[],
  signal: AbortSignal,
  tell: (ordinal: number) => void,
): Promise<void> {
  for (let ordinal = 1; ordinal <= count; ordinal++) {
    signal.throwIfAborted();
    tell(ordinal);
    const code = await makeRun(flags, signal);
    signal.throwIfAborted();
    if (code === ExitCode.usage) throw new UsageError([`${COMMAND}: run refuses its flags`]);
    if (code !== ExitCode.done)
      throw new RunError(
        `Run ${ordinal} of ${count} ended with ${code === null ? 'a signal' : `exit code ${code}`}`,
        {
          remedy: 'Its own message is above.',
        },
      );
  }
}

/** Progress and errors of the run go where ours go; its report is in its directory. */
async function makeRun(flags: readonly string[], signal: AbortSignal): Promise<number | null> {
  const run = spawn(process.execPath, [...PROGRAM, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  const end = (): void => {
    run.kill('SIGTERM');
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    const [code] = (await once(run, 'close')) as [number | null];
    return code;
  } finally {
    signal.removeEventListener('abort', end);
  }
}
