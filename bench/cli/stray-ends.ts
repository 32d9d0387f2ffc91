import { ExitCode, RunError } from '../model/errors.ts';
import { programCommand } from '../system/program.ts';
import type { Interruption } from './interruption.ts';
import type { Output } from './io.ts';
import { messages } from './failure.ts';

/**
 * A suite is a program of its own. What it throws where nothing waits for it ends the run like any other failure, and
 * when it ends the process itself, the caller is told.
 *
 * @returns to be called when the program has come to its own end
 */
export function watchForStrayEnds({ fail }: Pick<Interruption, 'fail'>, stderr: Output): () => void {
  let isOver = false;
  process.on('uncaughtException', (thrown: unknown) => {
    fail(
      new RunError(
        `An error that nothing waited for: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        {
          remedy: 'A suite may start nothing that fails after its functions have returned.',
          cause: thrown,
        },
      ),
    );
  });
  process.on('exit', (code) => {
    if (isOver || code === ExitCode.interrupted) return;
    stderr.write(messages([ENDED]));
    process.exitCode = ExitCode.incomplete;
  });
  return () => {
    isOver = true;
  };
}

const ENDED = `the process was ended from within, as by process.exit() in a suite; "${programCommand('clean')}" removes what may be left`;
