import type { Disturbance } from '../model/disturbance.ts';

/** By so much longer than the others: no checkpoint and no other program holds a pair up for a second. */
const LONGER_BY_MS = 1000;
const TIMES_AS_LONG = 3;

/**
 * Pairs during which the server, or the machine, stood still: the median of a block passes over one execution that took
 * half a minute, and nothing else would tell of it.
 *
 * @param durationsMs of each pair, with what runs between it and the next
 */
export function pausesIn(durationsMs: readonly number[]): Disturbance[] {
  const usualMs = durationsMs.toSorted((a, b) => a - b)[Math.floor((durationsMs.length - 1) / 2)] ?? 0;
  return durationsMs.flatMap((durationMs, position) => {
    const pauseMs = durationMs - usualMs;
    const isPause = pauseMs > LONGER_BY_MS && durationMs > TIMES_AS_LONG * usualMs;
    return isPause ? [{ kind: 'pause' as const, pair: position + 1, pauseMs }] : [];
  });
}
