import type { Estimate } from '../../model/estimate.ts';
import { least } from '../../model/extent.ts';
import type { HourlyWorth } from '../../model/hour.ts';
import type { IndexEffect } from '../../model/ledger.ts';
import type { HourlyCalls } from '../hourly-calls.ts';
import { costMs, gainRangeMs, readsWon } from './worth.ts';

/** What decides whether an index pays: how often statements are called, and the reads that are worth any price. */
export interface Demand {
  calls: HourlyCalls;
  /** Ids of the reads that have a goal. */
  goals: ReadonlySet<string>;
}

type End = 'point' | 'low' | 'high';

/**
 * What an index saves and adds in an hour. All of its reads are at the same end of their intervals, and all of its
 * writes. The break-even holds when both do: its ends are those of added over saved.
 *
 * @returns undefined where it serves no read or burdens no write, where nobody knows how often one of these reads is
 *   called, or where one has a goal
 */
export function hourlyWorth(effect: IndexEffect, { calls, goals }: Demand): HourlyWorth | undefined {
  const callsOf = ({ id }: { id: string }): number => calls.get(id) ?? 0;
  const served = readsWon(effect);
  if (served.some((read) => callsOf(read) === 0 || goals.has(read.id))) return undefined;
  const burdened = effect.writes.flatMap(({ id, times }) => {
    const cost = times && costMs(times.before.durationMs, times.estimate);
    return cost && cost.point > 0 && callsOf({ id }) > 0 ? [{ id, cost }] : [];
  });
  if (served.length === 0 || burdened.length === 0) return undefined;
  const saved = sumOf(served, (read, end) => callsOf(read) * gainRangeMs(read)[end]);
  const added = sumOf(burdened, (write, end) => callsOf(write) * write.cost[end]);
  const readsPerWrite = sum(served.map(callsOf)) / sum(burdened.map(callsOf));
  const basis = {
    confidence: least(served.map(({ estimate }) => estimate.confidence)),
    n: least(served.map(({ estimate }) => estimate.n)),
  };
  const method = 'sum over statements, all at the same end of their intervals';
  return {
    savedMs: { ...saved, ...basis, method },
    addedMs: { ...added, ...basis, method },
    readsPerWrite,
    breakEven: {
      point: (readsPerWrite * added.point) / saved.point,
      low: (readsPerWrite * Math.max(0, added.low)) / saved.high,
      high: (readsPerWrite * added.high) / saved.low,
      ...basis,
      method: 'ends of the intervals of added over saved',
    },
  };
}

/** Whether the whole interval of the break-even lies beyond the reads that there are. */
export const isTooDear = ({ breakEven, readsPerWrite }: HourlyWorth): boolean =>
  breakEven.low > readsPerWrite;

const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0);

const sumOf = <Item>(items: readonly Item[], of: (item: Item, end: End) => number): Pick<Estimate, End> => ({
  point: sum(items.map((item) => of(item, 'point'))),
  low: sum(items.map((item) => of(item, 'low'))),
  high: sum(items.map((item) => of(item, 'high'))),
});
