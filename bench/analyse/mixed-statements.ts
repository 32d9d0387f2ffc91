import type { Estimate } from '../model/estimate.ts';
import type { Mix } from '../model/migration.ts';
import type { MeasuredRead, MeasuredWrite } from '../model/item-result.ts';
import { clientDurations, overRounds } from './estimates.ts';
import { NOMINAL_CONFIDENCE } from './order-statistics.ts';
import { READ_PRECISION, WRITE_PRECISION, type PrecisionTarget } from './precision.ts';
import { intervalOf } from './trimmed-mean.ts';

/** A value and the ends of its interval. */
export type Range = Pick<Estimate, 'point' | 'low' | 'high'>;

/** A statement of the mix; times are milliseconds of one execution. */
export interface MixedStatement {
  id: string;
  title: string;
  /** Its share among the reads, or the writes, of the mix: from 0 to 1. */
  share: number;
  /** Its executions among 1,000 statements of the mix. */
  executions: number;
  before: Estimate;
  /** Time saved by the candidate; below 0 is time added. */
  saved: Range;
}

export interface MixedStatements {
  reads: readonly MixedStatement[];
  writes: readonly MixedStatement[];
}

interface Rows {
  reads: readonly MeasuredRead[];
  writes: readonly MeasuredWrite[];
}

/** The measured statements with a weight, each with its share of the mix. */
export function mixedStatements({ reads, writes }: Rows, mix: Mix): MixedStatements {
  const perPart = 1000 / (mix.reads + mix.writes);
  return {
    reads: weighted(reads, mix.reads * perPart, READ_PRECISION),
    writes: weighted(writes, mix.writes * perPart, WRITE_PRECISION),
  };
}

function weighted(
  rows: readonly (MeasuredRead | MeasuredWrite)[],
  executions: number,
  precision: PrecisionTarget,
): MixedStatement[] {
  const chosen = rows.filter(({ weight }) => weight > 0);
  const sum = chosen.reduce((total, { weight }) => total + weight, 0);
  return chosen.flatMap((row) => {
    const saved = savedMs(row, precision);
    if (!saved) return [];
    const share = row.weight / sum;
    const { id, title, before } = row;
    return [{ id, title, share, executions: share * executions, before: before.durationMs, saved }];
  });
}

/**
 * before - after over the rounds. The difference between two identical copies widens its interval on both sides, as
 * it widens the ratio's.
 *
 * @returns undefined for fewer rounds than an interval needs
 */
function savedMs(
  { pairs, before, after }: MeasuredRead | MeasuredWrite,
  { placement, betweenRuns }: PrecisionTarget,
): Range | undefined {
  const mean = overRounds(clientDurations(pairs), (pair) => pair.before - pair.after, betweenRuns);
  if (!mean) return undefined;
  const { low, high } = intervalOf(mean, NOMINAL_CONFIDENCE);
  const copies = placement * Math.max(before.durationMs.point, after.durationMs.point);
  return { point: mean.point, low: low - copies, high: high + copies };
}
