import { binsOf, durationIn, type Histogram } from '../model/histogram.ts';
import type { Weights } from './drawn-rounds.ts';

/** The executions of all rounds together. */
export interface Pooled {
  /** In ascending order. */
  bins: readonly number[];
  /** Of each bin in each round that has any: where its bin stands, its round, and how many there are. */
  places: Int32Array;
  rounds: Int32Array;
  counts: Float64Array;
}

export function poolRounds(rounds: readonly Histogram[]): Pooled {
  const all = rounds.flatMap((histogram, round) => binsOf(histogram).map((one) => ({ ...one, round })));
  const bins = [...new Set(all.map(({ bin }) => bin))].sort((a, b) => a - b);
  const places = new Map(bins.map((bin, place) => [bin, place]));
  return {
    bins,
    places: Int32Array.from(all, ({ bin }) => places.get(bin) ?? 0),
    rounds: Int32Array.from(all, ({ round }) => round),
    counts: Float64Array.from(all, ({ count }) => count),
  };
}

/**
 * Durations that these shares of the executions do not exceed, in milliseconds. Inside a bin executions count as evenly
 * spread.
 *
 * @param shares in ascending order, each between 0 and 1
 * @param weights how often each round counts
 * @returns one for each share; NaN where no round with executions counts
 */
export function quantilesOf(pooled: Pooled, shares: readonly number[], weights: Weights): number[] {
  const { counts, total } = weighted(pooled, weights);
  let place = 0;
  let below = 0;
  return shares.map((share) => {
    const wanted = share * total;
    while (place < counts.length - 1 && below + (counts[place] ?? 0) < wanted) below += counts[place++] ?? 0;
    return durationIn(pooled.bins[place] ?? NaN, (wanted - below) / (counts[place] ?? NaN));
  });
}

/** Of each bin, and of all. A loop, because it runs for every draw of every item. */
function weighted(
  { bins, places, rounds, counts }: Pooled,
  weights: Weights,
): { counts: Float64Array; total: number } {
  const sums = new Float64Array(bins.length);
  let total = 0;
  for (let part = 0; part < counts.length; part++) {
    const place = places[part] ?? 0;
    const count = (counts[part] ?? 0) * (weights[rounds[part] ?? 0] ?? 0);
    sums[place] = (sums[place] ?? 0) + count;
    total += count;
  }
  return { counts: sums, total };
}
