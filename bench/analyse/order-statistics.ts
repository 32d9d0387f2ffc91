import { binomialCdf } from './binomial.ts';

/** A median, an interval between two order statistics, and the probability that it covers the true value. */
export interface MedianInterval {
  point: number;
  low: number;
  high: number;
  confidence: number;
  n: number;
}

export const NOMINAL_CONFIDENCE = 0.95;

/** The smallest number of values whose range is an interval for their median: 6 for 95 %, as 1 - 2 / 2^6 = 0.969. */
export const fewestForInterval = (confidence: number = NOMINAL_CONFIDENCE): number =>
  Math.ceil(1 - Math.log2(1 - confidence));

/**
 * The median of independent values and the narrowest symmetric pair of order statistics that covers the true
 * median with at least the nominal confidence, whatever the distribution (Conover, "Practical Nonparametric
 * Statistics", 3.2; the interval that inverts the sign test). n = 20 gives the 6th and 15th value, at 0.959.
 *
 * @returns undefined for fewer values than any such pair exists for.
 */
export function medianInterval(
  values: readonly number[],
  nominal = NOMINAL_CONFIDENCE,
): MedianInterval | undefined {
  const n = values.length;
  const sorted = ascending(values);
  const rank = lowRank(n, nominal);
  if (rank === 0) return undefined;
  return {
    point: median(values),
    low: sorted[rank - 1] ?? NaN,
    high: sorted[n - rank] ?? NaN,
    confidence: coverage(n, rank),
    n,
  };
}

/** The largest rank from 1 whose pair covers with the nominal confidence; 0 when there is none. */
function lowRank(n: number, nominal: number): number {
  let rank = 0;
  while (rank < Math.floor(n / 2) && coverage(n, rank + 1) >= nominal) rank++;
  return rank;
}

/** The pair misses the true median when fewer than `rank` values lie on one side of it. */
const coverage = (n: number, rank: number): number => 1 - 2 * binomialCdf(rank - 1, n);

/** The middle value, or the mean of the two middle values; NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** Sorted. -0 becomes 0: they compare as equal, and the order of the input would show. */
const ascending = (values: readonly number[]): number[] =>
  values.map((value) => value + 0).toSorted((a, b) => a - b);
