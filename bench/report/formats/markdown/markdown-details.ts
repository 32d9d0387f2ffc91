import type { Failure } from '../../../model/outcome.ts';
import type { PlanComparison } from '../../../model/plan.ts';
import { milliseconds, overheadText, ratioText } from '../../../format/quantity.ts';
import type { MeasuredRead, MeasuredWrite, ReadResult, WriteResult } from '../../../model/item-result.ts';
import type { Result } from '../../../model/result.ts';
import { inSentence } from '../../../format/plain-text.ts';
import { block, html, text } from './markdown-text.ts';
import { planDiff, planLines } from '../../plan-lines.ts';

/** A folded block for each item, one for the settings and one for the checksums. */
export function details(result: Result): string[] {
  return [
    ...result.reads.map((read) => folded(`${inSentence(read.title)}, ${read.baseline}`, readDetails(read))),
    ...result.writes.map((write) =>
      folded(`${inSentence(write.title)}, ${write.baseline}`, writeDetails(write)),
    ),
    folded('Dataset', [block(datasetLines(result).join('\n'), 'text')]),
    folded('Server settings', [block(settingLines(result).join('\n'), 'text')]),
  ];
}

export const folded = (summary: string, parts: readonly string[]): string =>
  ['<details>', `<summary>${html(summary)}</summary>`, '', parts.join('\n\n'), '', '</details>'].join('\n');

function readDetails(read: ReadResult): string[] {
  const parameters = read.parameters
    .map((value, position) => `$${position + 1} = ${value ?? 'NULL'}`)
    .join(', ');
  const head = [
    ...(read.source ? [text(read.source)] : []),
    block(read.sql, 'sql'),
    ...(parameters ? [block(parameters, 'text')] : []),
  ];
  if (read.state === 'failed') return [...head, ...failure(read)];
  return [...head, figures(read, `speedup ${ratioText(read.estimate)}`), ...planDetails(read.plans)];
}

/** One plan where both are equal; otherwise a diff: - in the plan before only, + in the plan after only. */
function planDetails({ before, after, changed }: PlanComparison): string[] {
  return changed
    ? ['What changes in the plan:', block(planDiff(before.tree, after.tree), 'diff')]
    : ['The plan, before and after:', block(planLines(after.tree).join('\n'), 'text')];
}

function writeDetails(write: WriteResult): string[] {
  const head = [block(write.sql, 'sql')];
  if (write.state === 'failed') return [...head, ...failure(write)];
  return [...head, figures(write, `overhead ${overheadText(write.estimate)}`)];
}

/** The error, and its place unless that is the statement shown above. */
function failure({ sql, error }: Pick<ReadResult, 'sql'> & { error: Failure }): string[] {
  const { message, detail = sql } = error;
  return [`Failed: ${text(message)}`, ...(detail === sql ? [] : [block(detail, 'text')])];
}

/** Both durations and their ratio, with intervals and pairs. */
function figures(
  { before, after, estimate, pairs, verdict, pValue }: MeasuredRead | MeasuredWrite,
  ratio: string,
): string {
  const duration = ({ durationMs: { point, low, high } }: MeasuredRead['before']): string =>
    `${milliseconds(point)} [${milliseconds(low)}, ${milliseconds(high)}]`;
  const confidence = (estimate.confidence * 100).toFixed(1);
  return [
    `- before ${duration(before)}, after ${duration(after)}`,
    `- ${text(ratio)} at ${confidence} % confidence, n = ${estimate.n} rounds, ${pairs.length} pairs (${text(estimate.method)})`,
    `- ${verdict}; sign test p = ${pValue.toPrecision(2)} before adjustment`,
  ].join('\n');
}

const datasetLines = ({ dataset }: Result): string[] =>
  dataset.tables.map(
    ({ table, rows, bytes, sha256 }) => `${table}  ${rows} rows  ${bytes} bytes  sha256 ${sha256}`,
  );

const settingLines = ({ environment }: Result): string[] =>
  Object.entries(environment.settings).map(([name, value]) => `${name} = ${value}`);
