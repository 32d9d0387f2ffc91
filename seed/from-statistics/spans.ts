import type { Cell } from '../../bench/model/dataset.ts';
import type { Run } from './marginal.ts';

/** Neighbours in the order of a column's values. */
export interface Span extends Run {
  /** Of its n-th value, from 0; less than `values`. */
  value: (nth: number) => Cell;
}

/** The value of a row, from its rank in one span after another. */
export function valueIn(spans: readonly Span[]): (rank: number) => Cell {
  const starts = startsOf(spans.map(({ rows }) => rows));
  // Rows in order come from the same span one after another.
  let found = 0;
  return (rank) => {
    if (rank < (starts[found] ?? 0) || rank >= (starts[found + 1] ?? 0))
      found = lastUpTo(starts, rank, spans.length);
    const span = spans[found];
    if (!span) return null;
    if (span.values === 1) return span.value(0);
    return span.value(Math.floor(((rank - (starts[found] ?? 0)) * span.values) / span.rows));
  };
}

/** Sums of all amounts before each, and of all. */
export function startsOf(amounts: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(amounts.length + 1);
  for (let at = 0; at < amounts.length; at++) sums[at + 1] = (sums[at] ?? 0) + (amounts[at] ?? 0);
  return sums;
}

/** Where the last of the rising numbers lies that is not more; the first `count` are looked at. */
export function lastUpTo(rising: ArrayLike<number>, wanted: number, count: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((rising[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
