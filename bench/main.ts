import { parseCommandLine } from './cli/command-line.ts';
import { COMMAND_FILES } from './cli/commands.ts';
import { explainFailure } from './cli/failure.ts';
import type { Io } from './cli/io.ts';
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
      io.stdout.write(line.text);
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
