import { FlagReader } from '../../flags/flag-reader.ts';
import { ExitCode } from '../../model/errors.ts';
import { plainText } from '../../format/plain-text.ts';
import type { Result } from '../../model/result.ts';
import { renderExport, type ExportName } from '../../report/formats/exports/exports.ts';
import { writeReports } from '../../report/write-report.ts';
import { workflowPage, writeStepSummary } from '../actions.ts';
import * as flags from '../flags.ts';
import type { Execute, Io } from '../io.ts';
import { outDirectory } from '../out-directory.ts';
import { print } from '../print.ts';
import { resultArgument } from '../read-result.ts';
import { reportSweep, sweepFileNamed } from '../report-sweep.ts';
import { resultText } from '../result-text.ts';

export const execute: Execute = async (line, io) => {
  const sweep = sweepFileNamed(line);
  if (sweep !== undefined) return reportSweep(sweep, line, io);
  const read = new FlagReader(line);
  const out = await outDirectory(read);
  const [format, verbose] = [read.value(flags.format), read.isGiven(flags.verbose)];
  const result = await resultArgument(read, line, 0);
  return report(read.finish(result && { result, out, format, verbose }), io);
};

interface ReportOptions {
  result: Result;
  out: string;
  format: 'terminal' | ExportName;
  /** Print the whole report instead of what the verdict rests on. */
  verbose: boolean;
}

/** `index-impact report`: everything a run shows and writes, made again from its result alone. */
async function report(options: ReportOptions, io: Io): Promise<ExitCode> {
  const { result, out, format } = options;
  if (format !== 'terminal') {
    await print(io, renderExport(result, format, workflowPage(io.env)));
    warnOfMissing(result, io);
  } else {
    await print(io, resultText(result, options, io)).finally(() => writeFiles(out, result, io));
  }
  await writeStepSummary(result, io);
  return ExitCode.done;
}

async function writeFiles(out: string, result: Result, io: Io): Promise<void> {
  const files = await writeReports(out, result);
  io.stderr.write(`\n${files.join('\n')}\n`);
}

/** A series that is absent from an export looks like one that nobody measures. */
function warnOfMissing({ reads, writes }: Result, io: Io): void {
  const failed = [...reads, ...writes].filter(({ state }) => state === 'failed');
  if (failed.length === 0) return;
  const names = failed.map(({ id, baseline }) => plainText(`${id} (${baseline})`)).join(', ');
  io.stderr.write(`index-impact: not measured, and absent from what was printed: ${names}\n`);
}
