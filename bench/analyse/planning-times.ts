import type { Estimate } from '../model/estimate.ts';
import type { PairedDurations } from '../model/pair.ts';
import type { Times } from '../model/times.ts';
import { asOverhead, timesOf } from './estimates.ts';

/** Half of what EXPLAIN rounds planning times to, in milliseconds: it prints three decimals. */
const ROUNDING_MS = 0.0005;

/**
 * What planning takes on both arms, and its overhead. Every time is known to half a microsecond only, so that an
 * interval is never narrower than EXPLAIN's resolution: its ends are those of times as far off as rounding allows.
 */
export function planningTimes(durations: PairedDurations): Times | undefined {
  const times = timesOf(moved(durations, 0, 0));
  const slower = timesOf(moved(durations, -ROUNDING_MS, ROUNDING_MS));
  const faster = timesOf(moved(durations, ROUNDING_MS, -ROUNDING_MS));
  if (!times || !slower || !faster) return undefined;
  return asOverhead({
    before: { durationMs: rounded(times.before.durationMs) },
    after: { durationMs: rounded(times.after.durationMs) },
    estimate: { ...times.estimate, low: slower.estimate.low, high: faster.estimate.high },
  });
}

/** What EXPLAIN rounds to nothing took something: no time becomes less than the rounding. */
function moved(durations: PairedDurations, beforeMs: number, afterMs: number): PairedDurations {
  const by = (durationMs: number, shiftMs: number): number => Math.max(durationMs + shiftMs, ROUNDING_MS);
  return durations.map(({ before, after }) => ({ before: by(before, beforeMs), after: by(after, afterMs) }));
}

const rounded = (durationMs: Estimate): Estimate => ({
  ...durationMs,
  low: Math.max(0, durationMs.low - ROUNDING_MS),
  high: durationMs.high + ROUNDING_MS,
});
