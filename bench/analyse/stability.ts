import { mean, median, squares } from '../model/averages.ts';
import { rankSumTest } from './rank-sum.ts';

/**
 * Checks whether values come from a single, steady source. The checks are strict because a report applies them to
 * every row. Drift at the first check, six values against six: no value of one third lies among the other's.
 */
const DRIFT_ALPHA = 0.0025;

/** The first and the last third of a sequence; the middle gets a remainder. */
function outerThirds(values: readonly number[]): { first: readonly number[]; last: readonly number[] } {
  const length = Math.floor(values.length / 3);
  return { first: values.slice(0, length), last: values.slice(values.length - length) };
}

/** The shift of the median from the first third of the values to the last; NaN for fewer than three values. */
export function shift(values: readonly number[]): number {
  const { first, last } = outerThirds(values);
  return median(last) - median(first);
}

/** The shift when the rank-sum test rules out chance; undefined otherwise, and for too short a sequence. */
export function drift(values: readonly number[]): number | undefined {
  const { first, last } = outerThirds(values);
  const isByChance = first.length === 0 || rankSumTest(first, last) >= DRIFT_ALPHA;
  return isByChance ? undefined : shift(values);
}

/** Two groups of values: the mean of each. */
export interface Modes {
  lower: number;
  upper: number;
}

/** A group below this share, or this number, is outliers and not a mode. */
const SMALLEST_SHARE = 0.2;
const SMALLEST_MODE = 3;

/**
 * Ashman's D from which two groups count as modes. The literature calls known groups separate above 2. Here the best
 * split of any sample is used, for which 20 normal values reach 6 in fewer than 1 of 1,000.
 */
const CLEARLY_APART = 6;

/**
 * The two groups of the split with the least variance within them, when they stand clearly apart (Ashman, Bird
 * and Zepf 1994, "Detecting bimodality in astronomical datasets"); undefined otherwise.
 */
export function modes(values: readonly number[]): Modes | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const splits = sorted
    .slice(1)
    .map((_, position) => [sorted.slice(0, position + 1), sorted.slice(position + 1)].map(group));
  const best = splits.toSorted((a, b) => squaresWithin(a) - squaresWithin(b))[0];
  const [lower, upper] = best ?? [];
  const least = Math.max(SMALLEST_MODE, SMALLEST_SHARE * values.length);
  if (!lower || !upper || Math.min(lower.n, upper.n) < least) return undefined;
  const separation = Math.SQRT2 * (upper.mean - lower.mean);
  const isApart = separation > CLEARLY_APART * Math.sqrt(variance(lower) + variance(upper));
  return isApart ? { lower: lower.mean, upper: upper.mean } : undefined;
}

interface Group {
  n: number;
  mean: number;
  /** Sum of the squared distances from the mean. */
  squares: number;
}

const group = (values: readonly number[]): Group => ({
  n: values.length,
  mean: mean(values),
  squares: squares(values),
});

const squaresWithin = (groups: readonly Group[]): number => groups.reduce((sum, one) => sum + one.squares, 0);
const variance = ({ n, squares }: Group): number => squares / Math.max(1, n - 1);

/** hyperfine's limit for a first run that is unlike the others: ten robust standard deviations. */
const OUTLYING = 14.826;

/**
 * How far the first value lies from the median of the others, when that is far beyond their scatter (Iglewicz and
 * Hoaglin 1993, "How to Detect and Handle Outliers": the modified z-score); undefined otherwise.
 */
export function outlyingStart(values: readonly number[]): number | undefined {
  const [first, ...others] = values;
  if (first === undefined || others.length === 0) return undefined;
  const center = median(others);
  const deviation = median(others.map((value) => Math.abs(value - center)));
  return Math.abs(first - center) > OUTLYING * deviation ? first - center : undefined;
}
