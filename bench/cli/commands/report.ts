import { ExitCode } from '../../model/errors.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { writeReports } from '../../report/write-report.ts';
import { appearance, type Io } from '../io.ts';
import { readResult } from '../read-result.ts';
import type { ReportOptions } from '../options.ts';

/** `index-impact report`: everything a run shows and writes, made again from its result alone. */
export async function report({ file, out }: ReportOptions, io: Io): Promise<ExitCode> {
  const result = await readResult('report', file);
  io.stdout.write(renderTerminal(result, appearance(io.stdout, io.env)));
  const files = await writeReports(out, result);
  io.stderr.write(`\n${files.join('\n')}\n`);
  return ExitCode.done;
}
