import { ExitCode } from '../../model/errors.ts';
import { plainText } from '../../format/plain-text.ts';
import type { Result } from '../../model/result.ts';
import { renderExport } from '../../report/formats/exports/exports.ts';
import { writeReports } from '../../report/write-report.ts';
import type { Execute } from '../execute.ts';
import { workflowPage, writeStepSummary } from '../actions.ts';
import type { Io } from '../io.ts';
import { reportOptions, type ReportOptions } from '../options.ts';
import { resultText } from '../result-text.ts';

export const execute: Execute = async (line, io) => report(await reportOptions(line), io);

/** `index-impact report`: everything a run shows and writes, made again from its result alone. */
async function report(options: ReportOptions, io: Io): Promise<ExitCode> {
  const { result, out, format } = options;
  if (format !== 'terminal') {
    io.stdout.write(renderExport(result, format, workflowPage(io.env)));
    warnOfMissing(result, io);
  } else {
    io.stdout.write(resultText(result, options, io));
    const files = await writeReports(out, result);
    io.stderr.write(`\n${files.join('\n')}\n`);
  }
  await writeStepSummary(result, io);
  return ExitCode.done;
}

/** A series that is absent from an export looks like one that nobody measures. */
function warnOfMissing({ reads, writes }: Result, io: Io): void {
  const failed = [...reads, ...writes].filter(({ state }) => state === 'failed');
  if (failed.length === 0) return;
  const names = failed.map(({ id, baseline }) => plainText(`${id} (${baseline})`)).join(', ');
  io.stderr.write(`index-impact: not measured, and absent from what was printed: ${names}\n`);
}
