import type { Arm } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Pair } from '../model/pair.ts';
import { medianInterval, type MedianInterval } from './order-statistics.ts';

/** ln(before / after) of each pair: 0 is no difference, and swapping the arms changes only the sign. */
export const logRatios = (pairs: readonly Pair[]): number[] =>
  pairs.map(({ before, after }) => Math.log(before.medianMs / after.medianMs));

/**
 * before / after as the exponential of the median log ratio over pairs, with its order-statistic interval.
 * Needs independent pairs only: no distribution is assumed, and both arms of a pair share the machine's mood.
 *
 * @returns undefined for fewer pairs than an interval exists for.
 */
export function speedup(pairs: readonly Pair[]): Estimate | undefined {
  const interval = medianInterval(logRatios(pairs));
  return interval && mapped(interval, Math.exp, 'median of paired log ratios, order-statistic interval');
}

/** after / before - 1, from the speedup over the same pairs. */
export function overheadOf(speedup: Estimate): Estimate {
  return {
    ...speedup,
    point: 1 / speedup.point - 1,
    low: 1 / speedup.high - 1,
    high: 1 / speedup.low - 1,
  };
}

/** The duration of one execution on one arm, in milliseconds: the median of its block medians. */
export function durationMs(pairs: readonly Pair[], arm: Arm): Estimate | undefined {
  const interval = medianInterval(pairs.map((pair) => pair[arm].medianMs));
  return interval && mapped(interval, (value) => value, 'median of block medians, order-statistic interval');
}

function mapped(interval: MedianInterval, scale: (value: number) => number, method: string): Estimate {
  const { point, low, high, confidence, n } = interval;
  return { point: scale(point), low: scale(low), high: scale(high), confidence, n, method };
}
