import { readFile } from 'node:fs/promises';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { parseResult } from '../../report/result-file.ts';
import { renderTerminal } from '../../report/terminal.ts';
import { writeReports } from '../../report/write-report.ts';
import { appearance, type Io } from '../io.ts';
import type { ReportOptions } from '../options.ts';

/** `index-impact report`: everything a run shows and writes, made again from its result alone. */
export async function report({ file, out }: ReportOptions, io: Io): Promise<ExitCode> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError([`report ${file}: the file cannot be read: ${(cause as Error).message}`]);
  });
  const result = parseResult(text, file);
  io.stdout.write(renderTerminal(result, appearance(io.stdout, io.env)));
  const files = await writeReports(out, result);
  io.stderr.write(`\n${files.join('\n')}\n`);
  return ExitCode.done;
}
