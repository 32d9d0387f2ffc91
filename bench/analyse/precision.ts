import type { Estimate } from '../model/estimate.ts';

/**
 * The target precision: half the interval's width over its ratio, and what widens the interval besides the scatter of
 * its pairs.
 */
export interface PrecisionTarget {
  halfWidth: number;
  /** The target for large ratios. */
  largeRatio: { from: number; halfWidth: number };
  /** See `READ_PLACEMENT`. */
  placement: number;
}

/**
 * The buffers that hold the pages of a copy make its reads some tenths of a percent faster or slower for as long as the
 * server runs. Over 15 pairs of identical copies the standard deviation was a third of a percent in the fastest read.
 * Half a percent is added to the interval at both ends. Writes scatter far more, and showed no such effect.
 */
const READ_PLACEMENT = 0.005;

export const READ_PRECISION: PrecisionTarget = {
  halfWidth: 0.05,
  largeRatio: { from: 3, halfWidth: 0.15 },
  placement: READ_PLACEMENT,
};
export const WRITE_PRECISION: PrecisionTarget = {
  halfWidth: 0.025,
  largeRatio: { from: 3, halfWidth: 0.15 },
  placement: 0,
};

/** A canary's 99 % interval has to lie well within 5 % either way. */
export const CANARY_PRECISION: PrecisionTarget = {
  halfWidth: 0.02,
  largeRatio: { from: 3, halfWidth: 0.15 },
  placement: 0,
};

/** Numbers of pairs at which the interval is looked at. More looks would cost coverage. */
export const LOOKS: readonly number[] = [20, 40, 60, 100];
export const FIRST_LOOK = Math.min(...LOOKS);
const MOST_PAIRS = Math.max(...LOOKS);

/** The next check after this many pairs; undefined after the last. */
export const nextLook = (pairs: number): number => LOOKS.find((look) => look > pairs) ?? Infinity;

/** Whether the item is done at this check: its interval is narrow enough, or it has the most pairs. */
export function isSettled(pairs: number, speedup: Estimate | undefined, target: PrecisionTarget): boolean {
  if (pairs >= MOST_PAIRS) return true;
  return LOOKS.includes(pairs) && speedup !== undefined && isPrecise(speedup, target);
}

/** Whether the interval of a speedup is narrow enough. Whether it excludes 1 is never a reason to stop. */
export function isPrecise(speedup: Estimate, target: PrecisionTarget): boolean {
  return (speedup.high - speedup.low) / 2 / speedup.point <= aimedHalfWidth(speedup, target);
}

/** Half the width of the interval aimed at, over the ratio. */
export function aimedHalfWidth({ point }: Estimate, { halfWidth, largeRatio }: PrecisionTarget): number {
  const isLarge = point >= largeRatio.from || point <= 1 / largeRatio.from;
  return isLarge ? largeRatio.halfWidth : halfWidth;
}
