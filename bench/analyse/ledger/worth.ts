import { least } from '../../model/extent.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { BreakEven, ChargedWrite, IndexEffect, ServedRead } from '../../model/ledger.ts';
import { MATERIAL_READ, MATERIAL_WRITE } from '../verdict.ts';

/** Reads that an index makes materially faster: the whole interval above 1. */
export const readsWon = ({ reads }: IndexEffect): ServedRead[] =>
  reads.filter(({ estimate }) => estimate.low > 1 && estimate.point >= MATERIAL_READ);

/** Writes that an index makes faster: deletions that search for children through it. */
export const writesWon = ({ writes }: IndexEffect): ChargedWrite[] =>
  writes.filter(
    ({ times }) => times && times.estimate.high < 0 && times.estimate.point <= 1 / MATERIAL_WRITE - 1,
  );

/** Whether anything is faster with the index. */
export const earns = (effect: IndexEffect): boolean => readsWon(effect).length + writesWon(effect).length > 0;

/** Milliseconds saved by one execution of each read that it serves, together. */
export const gainMs = (effect: IndexEffect): number =>
  readsWon(effect).reduce(
    (sum, { before, after }) => sum + before.durationMs.point - after.durationMs.point,
    0,
  );

/**
 * The number of reads for each write at which an index saves as much time as it costs: the cost of the most expensive
 * write over the mean gain of the reads. The interval holds when both do: its ends are those of cost over gain.
 */
export function breakEven(effect: IndexEffect): BreakEven | undefined {
  const won = readsWon(effect);
  const dearest = effect.writes
    .flatMap(({ title, times }) =>
      times ? [{ title, cost: costMs(times.before.durationMs, times.estimate) }] : [],
    )
    .toSorted((a, b) => b.cost.point - a.cost.point)[0];
  if (won.length === 0 || !dearest || dearest.cost.point <= 0) return undefined;
  const mean = (end: 'point' | 'low' | 'high'): number =>
    won.reduce((sum, read) => sum + gainRangeMs(read)[end], 0) / won.length;
  const { cost } = dearest;
  return {
    write: dearest.title,
    readsPerWrite: {
      point: cost.point / mean('point'),
      low: Math.max(0, cost.low) / mean('high'),
      high: cost.high / mean('low'),
      confidence: least(won.map(({ estimate }) => estimate.confidence)),
      n: least(won.map(({ estimate }) => estimate.n)),
      method: 'ends of the intervals of cost over gain',
    },
  };
}

/** What one execution of a read gains, in milliseconds. */
export const gainRangeMs = ({ after, estimate: { point, low, high } }: ServedRead) => ({
  point: after.durationMs.point * (point - 1),
  low: after.durationMs.point * (low - 1),
  high: after.durationMs.point * (high - 1),
});

/** An overhead in milliseconds. */
export const costMs = (before: Estimate, overhead: Estimate) => ({
  point: before.point * overhead.point,
  low: before.point * overhead.low,
  high: before.point * overhead.high,
});
