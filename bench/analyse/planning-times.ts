import type { Estimate } from '../model/estimate.ts';
import type { MeasuredRead } from '../model/item-result.ts';
import type { ReadExamination } from '../model/measurement.ts';
import type { PairedDurations } from '../model/pair.ts';
import type { Times } from '../model/times.ts';
import { asOverhead, timesOf, type IntervalOptions } from './estimates.ts';
import type { Mean } from './trimmed-mean.ts';

/** Half of EXPLAIN's resolution for planning times, in milliseconds: it prints three decimals. */
const ROUNDING_MS = 0.0005;

/**
 * What planning a read takes: on the server that is asked, and of a distributed one, a task on its node.
 *
 * @param apart how well the servers' difference is known that the times do not have in them
 */
export function judgePlanning(
  measured: Pick<ReadExamination, 'planning' | 'taskPlanning'>,
  apart: Mean | undefined,
): Pick<MeasuredRead, 'planning' | 'taskPlanning'> {
  const planning = planningTimes(measured.planning, { apart });
  const taskPlanning = measured.taskPlanning && planningTimes(measured.taskPlanning, { apart });
  return { ...(planning && { planning }), ...(taskPlanning && { taskPlanning }) };
}

/**
 * The planning time on both arms, and its overhead. EXPLAIN rounds every time to a microsecond. The ends of the interval
 * are those of times that are off by half of it either way: no interval is narrower than EXPLAIN's resolution.
 */
export function planningTimes(durations: PairedDurations, options: IntervalOptions = {}): Times | undefined {
  const times = timesOf(moved(durations, 0, 0), options);
  const slower = timesOf(moved(durations, -ROUNDING_MS, ROUNDING_MS), options);
  const faster = timesOf(moved(durations, ROUNDING_MS, -ROUNDING_MS), options);
  if (!times || !slower || !faster) return undefined;
  return asOverhead({
    before: { durationMs: rounded(times.before.durationMs) },
    after: { durationMs: rounded(times.after.durationMs) },
    estimate: { ...times.estimate, low: slower.estimate.low, high: faster.estimate.high },
  });
}

/** A time that EXPLAIN rounds to 0 was more than 0: no time becomes less than the rounding. */
function moved(durations: PairedDurations, beforeMs: number, afterMs: number): PairedDurations {
  const by = (durationMs: number, shiftMs: number): number => Math.max(durationMs + shiftMs, ROUNDING_MS);
  return durations.map(({ before, after }) => ({ before: by(before, beforeMs), after: by(after, afterMs) }));
}

const rounded = (durationMs: Estimate): Estimate => ({
  ...durationMs,
  low: Math.max(0, durationMs.low - ROUNDING_MS),
  high: durationMs.high + ROUNDING_MS,
});
