import type { Baseline } from '../../../model/arm.ts';
import type { ClaimEvidence } from '../../../model/claim.ts';
import { isNoisy } from '../../../model/outcome.ts';
import type { MeasuredRead, MeasuredWrite } from '../../../model/item-result.ts';
import type { JudgedRun } from '../../../suite/claim.ts';
import { notMeasurable } from './evidence.ts';

/**
 * Evidence for each baseline of the run, where its tables have the document's row counts: times, sizes and plans
 * depend on those.
 */
export const perBaseline =
  (judge: (found: JudgedRun, baseline: Baseline) => ClaimEvidence[]) =>
  (found: JudgedRun): ClaimEvidence[] =>
    found.run.baselines.flatMap((baseline) =>
      isDocumentedSize(found) ? judge(found, baseline) : [notMeasurable(otherSize(found), baseline)],
    );

/** Evidence from one read on each baseline, or why there is none. */
export const fromRead = (id: string, judge: (read: MeasuredRead, found: JudgedRun) => ClaimEvidence[]) =>
  perBaseline((found, baseline) => {
    const read = found.reads.find((row) => row.id === id && row.baseline === baseline);
    if (!read) return [notMeasurable(`not measured; --only ${id} does`, baseline)];
    if (read.state === 'failed') return [notMeasurable(`${id} failed: ${read.error.message}`, baseline)];
    return judge(read, found);
  });

/** Whether the tables have as many rows as the document says. */
export const isDocumentedSize = ({ run }: JudgedRun): boolean => run.scale === 1;

export const otherSize = ({ run }: JudgedRun): string =>
  `the document's row counts are those of --scale 1; this run has ${run.scale}`;

export const measuredReads = (
  { reads }: JudgedRun,
  ids: readonly string[],
  baseline: Baseline,
): MeasuredRead[] =>
  reads
    .filter((read) => read.state === 'measured')
    .filter((read) => read.baseline === baseline && ids.includes(read.id));

export const measuredWrites = (
  { writes }: JudgedRun,
  operations: readonly MeasuredWrite['operation'][],
  baseline: Baseline,
): MeasuredWrite[] =>
  writes
    .filter((write) => write.state === 'measured')
    .filter((write) => write.baseline === baseline && operations.includes(write.operation));

/** ", on a noisy machine" where the run's canaries differ. */
export const noise = (rows: readonly Pick<MeasuredRead, 'warnings'>[]): string =>
  rows.some(({ warnings }) => isNoisy(warnings)) ? '; the run is noisy, repeat it' : '';
