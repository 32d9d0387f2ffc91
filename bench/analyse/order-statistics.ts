import { ascending, median } from '../model/averages.ts';
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
