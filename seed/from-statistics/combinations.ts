import type { Cell } from '../../bench/model/dataset.ts';
import type { ColumnStatistics, ExtendedStatistics } from '../../bench/model/snapshot.ts';
import { Choice } from './choice.ts';
import { physicalOrder } from './physical-order.ts';
import { lastUpTo, startsOf } from './spans.ts';

type Combination = ExtendedStatistics['mostCommon'][number];

/** Values that some columns have together, each combination in so many rows. */
export interface Combinations {
  /** Rows that have one of them. */
  size: number;
  /** Of the column at a position; undefined for a row that has none of them, and then the how manieth such row it is. */
  at: (place: number, position: number) => { value: Cell } | { other: number };
}

/** @param correlation of the column that they are sorted by: the first */
export function combinationsOf(
  mostCommon: readonly Combination[],
  compare: (a: string, b: string) => number,
  { rows, correlation, key }: { rows: number; correlation: number; key: number },
): Combinations {
  const sorted = mostCommon.toSorted((a, b) => compare(a.values[0] ?? '', b.values[0] ?? ''));
  const counts = sorted.map(({ share }) => Math.round(share * rows));
  const starts = startsOf(counts);
  const size = Math.min(rows, starts.at(-1) ?? 0);
  const choice = new Choice(rows, size, key);
  const order = physicalOrder(
    counts.map((some) => ({ rows: some, values: 1 })),
    size,
    correlation,
    key + 1,
  );
  return {
    size,
    at: (place, position) => {
      const chosen = choice.at(place);
      if (chosen < 0) return { other: -1 - chosen };
      return { value: sorted[lastUpTo(starts, order(chosen), counts.length)]?.values[position] ?? null };
    },
  };
}

/** Shares are kept with four bytes. */
const NEARLY_NONE = 1e-6;

/** What is left of a column's statistics for the rows that have none of the combinations. */
export function withoutCombinations(
  statistics: ColumnStatistics,
  mostCommon: readonly Combination[],
  position: number,
): ColumnStatistics {
  const used = new Map<string | null, number>();
  for (const { values, share } of mostCommon) {
    const value = values[position] ?? null;
    used.set(value, (used.get(value) ?? 0) + share);
  }
  const left = Math.max(NEARLY_NONE, 1 - mostCommon.reduce((sum, { share }) => sum + share, 0));
  const shareOf = (value: string | null, share: number): number =>
    Math.min(1, Math.max(0, share - (used.get(value) ?? 0)) / left);
  const remaining = statistics.mostCommon
    .map(({ value, share }) => ({ value, share: shareOf(value, share) }))
    .filter(({ share }) => share > NEARLY_NONE);
  const gone = statistics.mostCommon.length - remaining.length;
  return {
    ...statistics,
    nullShare: shareOf(null, statistics.nullShare),
    mostCommon: remaining,
    distinct:
      statistics.distinct < 0
        ? Math.max(-1, statistics.distinct / left)
        : Math.max(0, statistics.distinct - gone),
  };
}
