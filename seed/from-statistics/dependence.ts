import { Choice } from './choice.ts';
import type { RankedColumn } from './column.ts';
import type { Marginal } from './marginal.ts';
import { Permutation } from './permutation.ts';
import { lastUpTo } from './spans.ts';

/**
 * A column of which another one decides the value, for a share of the rows: the other's values take their places beside its own in
 * an order that looks random, so that each value meets one of these, or a few at their borders.
 */
export function decidedBy(
  deciding: RankedColumn,
  own: RankedColumn,
  { rows, degree, key }: { rows: number; degree: number; key: number },
): RankedColumn {
  const beside = placesBeside(deciding.marginal, key);
  const free = new Choice(rows, Math.round(rows * (1 - degree)), key + 1);
  return {
    marginal: own.marginal,
    rankAt: (place) => {
      if (free.at(place) >= 0) return own.rankAt(place);
      const rank = deciding.rankAt(place);
      const at = rank < 0 ? deciding.marginal.size - 1 - rank : beside(rank);
      return at < own.marginal.size ? at : own.marginal.size - 1 - at;
    },
  };
}

/** Where a rank comes to lie when the values are put into another order. */
function placesBeside({ runs }: Marginal, key: number): (rank: number) => number {
  const starts: number[] = [0];
  for (const { rows, values } of runs()) {
    const before = starts.at(-1) ?? 0;
    for (let nth = 1; nth <= values; nth++) starts.push(before + Math.ceil((nth * rows) / values));
  }
  const values = starts.length - 1;
  const order = new Permutation(values, key);
  const placed = new Float64Array(values);
  let sum = 0;
  for (let nth = 0; nth < values; nth++) {
    const value = order.at(nth);
    placed[value] = sum;
    sum += (starts[value + 1] ?? 0) - (starts[value] ?? 0);
  }
  return (rank) => {
    const value = lastUpTo(starts, rank, values);
    return (placed[value] ?? 0) + rank - (starts[value] ?? 0);
  };
}
