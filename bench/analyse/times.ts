import type { Failure } from '../model/outcome.ts';
import type { PairedDurations } from '../model/pair.ts';
import type { Times } from '../model/times.ts';
import { durationMs, overheadOf, speedup, type IntervalOptions } from './estimates.ts';
import { fewestForInterval, NOMINAL_CONFIDENCE } from './order-statistics.ts';

/** Both durations and their speedup, or nothing where there are too few for an interval. */
export function timesOf(durations: PairedDurations, options?: IntervalOptions): Times | undefined {
  const estimate = speedup(durations, options);
  const before = durationMs(durations, 'before');
  const after = durationMs(durations, 'after');
  if (!estimate || !before || !after) return undefined;
  return { before: { durationMs: before }, after: { durationMs: after }, estimate };
}

/** The same with the overhead as the estimate. */
export const asOverhead = <T extends Times>(times: T): T => ({
  ...times,
  estimate: overheadOf(times.estimate),
});

/** What a row is instead of a number when its pairs do not make an interval. */
export function tooFewToEstimate(pairs: number, confidence: number = NOMINAL_CONFIDENCE): Failure {
  return {
    message: `${pairs === 1 ? '1 pair was' : `${pairs} pairs were`} measured; an interval needs ${fewestForInterval(confidence)}`,
    detail: 'The rows to write to, or the time, ran out: raise --scale or --budget.',
  };
}
