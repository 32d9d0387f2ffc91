import { parseCommandLine } from './cli/command-line.ts';
import { explainFailure } from './cli/failure.ts';
import type { Execute, Io } from './cli/io.ts';
import { print } from './cli/print.ts';
import type { CommandName } from './flags/commands.ts';
import { ExitCode } from './model/errors.ts';

/**
 * The program: what was typed becomes a command, the command does its work, and every way to fail ends here with one
 * explanation and one exit code.
 *
 * @param argv without the interpreter's and the program's own names
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const line = parseCommandLine(argv);
    if ('text' in line) {
      await print(io, line.text);
      return ExitCode.done;
    }
    const { execute } = await COMMAND_FILES[line.command]();
    return await execute(line, io);
  } catch (error) {
    const { text, exitCode } = explainFailure(io.signal.aborted ? io.signal.reason : error);
    io.stderr.write(text);
    return exitCode;
  }
}

/** One file a command, loaded when it is asked for: --help and a report wait for no database driver. */
const COMMAND_FILES: Record<CommandName, () => Promise<{ execute: Execute }>> = {
  try: () => import('./cli/commands/try.ts'),
  init: () => import('./cli/commands/init.ts'),
  snapshot: () => import('./cli/commands/snapshot.ts'),
  run: () => import('./cli/commands/run.ts'),
  seed: () => import('./cli/commands/seed.ts'),
  report: () => import('./cli/commands/report.ts'),
  qualify: () => import('./cli/commands/qualify.ts'),
  matrix: () => import('./cli/commands/matrix.ts'),
  sweep: () => import('./cli/commands/sweep.ts'),
  nightly: () => import('./cli/commands/nightly.ts'),
  gate: () => import('./cli/commands/gate.ts'),
  compare: () => import('./cli/commands/compare.ts'),
  verify: () => import('./cli/commands/verify.ts'),
  audit: () => import('./cli/commands/audit.ts'),
  stop: () => import('./cli/commands/stop.ts'),
  clean: () => import('./cli/commands/clean.ts'),
};
