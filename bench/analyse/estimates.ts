import type { Arm } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Pair, PairedDurations } from '../model/pair.ts';
import {
  medianInterval,
  type MedianInterval,
  fewestForInterval,
  NOMINAL_CONFIDENCE,
} from './order-statistics.ts';
import type { Failure } from '../model/outcome.ts';
import type { Times } from '../model/times.ts';

/** Durations at the client: the median of each block. */
export const clientDurations = (pairs: readonly Pair[]): PairedDurations =>
  pairs.map(({ before, after }) => ({ before: before.medianMs, after: after.medianMs }));

/** Durations on the server: the mean of each block. Pairs without a server time, or with 0, are left out. */
export const serverDurations = (pairs: readonly Pair[]): PairedDurations =>
  pairs.flatMap(({ before: { serverMeanMs: before = 0 }, after: { serverMeanMs: after = 0 } }) =>
    before > 0 && after > 0 ? [{ before, after }] : [],
  );

/** ln(before / after) of each pair. 0 is no difference; swapping the arms only changes the sign. */
export const logRatios = (durations: PairedDurations): number[] =>
  durations.map(({ before, after }) => Math.log(before) - Math.log(after));

/** What an interval is made with. */
export interface IntervalOptions {
  /** @default 0.95 */
  confidence?: number;
  /** By how much two identical copies differ: the log ratio's interval is widened by it at both ends. @default 0 */
  placement?: number;
}

/**
 * before / after: the exponential of the median log ratio over pairs, with its order-statistic interval. It needs
 * independent pairs only and assumes no distribution; both arms of a pair share the state of the machine.
 *
 * @returns undefined for too few pairs for an interval
 */
export function speedup(
  durations: PairedDurations,
  { confidence, placement = 0 }: IntervalOptions = {},
): Estimate | undefined {
  const interval = medianInterval(logRatios(durations), confidence);
  if (!interval) return undefined;
  const widened = { ...interval, low: interval.low - placement, high: interval.high + placement };
  return mapped(widened, Math.exp, 'median of paired log ratios, order-statistic interval');
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

/** The duration of one execution on one arm, in milliseconds: the median over its blocks. */
export const durationMs = (durations: PairedDurations, arm: Arm): Estimate | undefined =>
  medianDurationMs(durations.map((duration) => duration[arm]));

/** The median of one duration a block, in milliseconds. */
export function medianDurationMs(blocks: readonly number[]): Estimate | undefined {
  const interval = medianInterval(blocks);
  return interval && mapped(interval, (value) => value, 'median over blocks, order-statistic interval');
}

function mapped(interval: MedianInterval, scale: (value: number) => number, method: string): Estimate {
  const { point, low, high, confidence, n } = interval;
  return { point: scale(point), low: scale(low), high: scale(high), confidence, n, method };
}

/** Both durations and their speedup; undefined for too few pairs for an interval. */
export function timesOf(durations: PairedDurations, options?: IntervalOptions): Times | undefined {
  const estimate = speedup(durations, options);
  const before = durationMs(durations, 'before');
  const after = durationMs(durations, 'after');
  if (!estimate || !before || !after) return undefined;
  return { before: { durationMs: before }, after: { durationMs: after }, estimate };
}

/** Both durations, with the overhead as the estimate. */
export const asOverhead = <T extends Times>(times: T): T => ({
  ...times,
  estimate: overheadOf(times.estimate),
});

/** The failure of a row that has too few pairs for an interval. */
export function tooFewToEstimate(pairs: number, confidence: number = NOMINAL_CONFIDENCE): Failure {
  return {
    message: `${pairs === 1 ? '1 pair was' : `${pairs} pairs were`} measured; an interval needs ${fewestForInterval(confidence)}`,
    detail: 'The rows to write to, or the time, ran out; raise --scale or --budget.',
  };
}
