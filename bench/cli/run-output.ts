import type { Result } from '../model/result.ts';
import { serializeResult } from '../report/result-file.ts';
import { writeReports } from '../report/write-report.ts';
import { renderPrComment } from '../report/formats/exports/pr-comment.ts';
import { workflowPage, writeStepSummary } from './actions.ts';
import { print } from './print.ts';
import { writeComment } from './write-comment.ts';
import type { Io } from './io.ts';
import { resultText } from './result-text.ts';
import type { RunOptions } from './run-options.ts';

export const showResult = (result: Result, options: RunOptions, io: Io): Promise<void> =>
  print(io, options.json ? serializeResult(result) : resultText(result, options, io));

/** Its reports in a directory, and what CI shows of it. */
export async function writeFiles(
  result: Result,
  { out, comment }: Pick<RunOptions, 'out' | 'comment'>,
  io: Io,
): Promise<void> {
  const files = await writeReports(out, result);
  io.stderr.write(`\n${files.join('\n')}\n`);
  if (comment) await writeComment(comment, renderPrComment(result, workflowPage(io.env), comment.topic));
  await writeStepSummary(result, io);
}
