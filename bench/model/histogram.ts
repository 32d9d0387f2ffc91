import { z } from 'zod';

/** The ends of a bin differ by 1 %: its middle is within half a percent of every duration in it. */
const GROWTH = Math.log(1.01);

/** No clock here counts finer than a nanosecond. */
const SHORTEST_MS = 1e-6;

/**
 * How many executions took how long, in bins that are each 1 % wide (Masson, Rim and Lee 2019, "DDSketch: a fast and
 * fully-mergeable quantile sketch with relative-error guarantees"). Bin b has the durations above 1.01^(b-1) ms, up to
 * 1.01^b ms.
 */
export const Histogram = z.strictObject({
  /** Of the first count. */
  firstBin: z.int(),
  /** Of one bin after another. -n stands for n empty bins, as HdrHistogram writes them. */
  counts: z.array(z.int()),
});
export type Histogram = z.infer<typeof Histogram>;

/** A bin that is not empty. */
export interface Bin {
  bin: number;
  count: number;
}

/** Of durations in milliseconds. */
export function histogramOf(durationsMs: readonly number[]): Histogram {
  return packed(durationsMs.map((durationMs) => ({ bin: binOf(durationMs), count: 1 })));
}

const binOf = (durationMs: number): number => Math.ceil(Math.log(Math.max(durationMs, SHORTEST_MS)) / GROWTH);

/** The duration that is so far into a bin, in milliseconds: 0 at its lower end, 1 at its upper end. */
export const durationIn = (bin: number, share: number): number => Math.exp((bin - 1 + share) * GROWTH);

export const mergeHistograms = (histograms: readonly Histogram[]): Histogram =>
  packed(histograms.flatMap(binsOf));

export const executionsIn = (histogram: Histogram): number =>
  binsOf(histogram).reduce((sum, { count }) => sum + count, 0);

/** Those that are not empty, from the shortest durations to the longest. */
export function binsOf({ firstBin, counts }: Histogram): Bin[] {
  let next = firstBin;
  return counts.flatMap((count) => {
    const bin = next;
    next += count < 0 ? -count : 1;
    return count > 0 ? [{ bin, count }] : [];
  });
}

/** Bins in any order, and some of them twice. */
function packed(bins: readonly Bin[]): Histogram {
  const sums = new Map<number, number>();
  for (const { bin, count } of bins) sums.set(bin, (sums.get(bin) ?? 0) + count);
  const ordered = [...sums].sort(([a], [b]) => a - b);
  const [firstBin] = ordered[0] ?? [0];
  let next = firstBin;
  const counts = ordered.flatMap(([bin, count]) => {
    const empty = bin - next;
    next = bin + 1;
    return empty > 0 ? [-empty, count] : [count];
  });
  return { firstBin, counts };
}
