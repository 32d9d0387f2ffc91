import type { Run } from './marginal.ts';

/** The correlation that ANALYZE finds in an order of so many rows: equal values rank by their places. */
export function tiedCorrelation(
  runs: Iterable<Run>,
  size: number,
): (order: (place: number) => number) => number {
  const values = valueStarts(runs, size);
  return (order) => {
    const next = new Map<number, number>();
    let products = 0;
    for (let place = 0; place < size; place++) {
      const start = values[order(place)] ?? 0;
      const rank = next.get(start) ?? start;
      next.set(start, rank + 1);
      products += place * rank;
    }
    const mean = (size - 1) / 2;
    const variance = ((size - 1) * (2 * size - 1)) / 6 - mean * mean;
    return size < 2 ? 1 : (products / size - mean * mean) / variance;
  };
}

/** For each rank, the first one that has the same value. */
function valueStarts(runs: Iterable<Run>, size: number): Uint32Array {
  const starts = new Uint32Array(size);
  let before = 0;
  for (const { rows, values } of runs) {
    for (let at = 0; at < rows && before + at < size; at++) {
      const value = Math.floor((at * values) / rows);
      starts[before + at] = before + Math.ceil((value * rows) / values);
    }
    before += rows;
  }
  return starts;
}
