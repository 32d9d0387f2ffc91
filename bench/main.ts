import { parseCommandLine } from './cli/command-line.ts';
import { audit } from './cli/commands/audit.ts';
import { clean } from './cli/commands/clean.ts';
import { compare } from './cli/commands/compare.ts';
import { gate } from './cli/commands/gate.ts';
import { matrix } from './cli/commands/matrix.ts';
import { nightly } from './cli/commands/nightly.ts';
import { qualify } from './cli/commands/qualify.ts';
import { report } from './cli/commands/report.ts';
import { run as runBenchmark } from './cli/commands/run.ts';
import { seed } from './cli/commands/seed.ts';
import { stop } from './cli/commands/stop.ts';
import { verify } from './cli/commands/verify.ts';
import { explainFailure } from './cli/failure.ts';
import { compareOptions, gateOptions, nightlyOptions } from './cli/history-options.ts';
import type { Io } from './cli/io.ts';
import {
  auditOptions,
  cleanOptions,
  matrixOptions,
  qualifyOptions,
  reportOptions,
  runOptions,
  seedOptions,
  stopOptions,
  verifyOptions,
} from './cli/options.ts';
import { ExitCode } from './model/errors.ts';

/**
 * The program: what was typed becomes a command and its options, the command does its work, and every way to
 * fail ends here with one explanation and one exit code.
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
    switch (line.command) {
      case 'run':
        return await runBenchmark(await runOptions(line, io.env), io);
      case 'seed':
        return await seed(await seedOptions(line), io);
      case 'report':
        return await report(await reportOptions(line), io);
      case 'qualify':
        return await qualify(await qualifyOptions(line), io);
      case 'matrix':
        return await matrix(await matrixOptions(line, io.env), io);
      case 'nightly':
        return await nightly(await nightlyOptions(line, io.env), io);
      case 'gate':
        return await gate(await gateOptions(line), io);
      case 'compare':
        return compare(await compareOptions(line), io);
      case 'verify':
        return await verify(await verifyOptions(line), io);
      case 'audit':
        return await audit(auditOptions(line, io.env), io);
      case 'stop':
        return await stop(await stopOptions(line), io);
      case 'clean':
        return await clean(cleanOptions(line, io.env), io);
    }
  } catch (error) {
    const { text, exitCode } = explainFailure(io.signal.aborted ? io.signal.reason : error);
    io.stderr.write(text);
    return exitCode;
  }
}
