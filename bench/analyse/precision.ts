import type { Estimate } from '../model/estimate.ts';

/** How narrow an interval has to become, as half its width over the ratio it is for. */
export interface PrecisionTarget {
  halfWidth: number;
  /** The target for ratios that are large anyway. */
  largeRatio: { from: number; halfWidth: number };
}

export const READ_PRECISION: PrecisionTarget = { halfWidth: 0.05, largeRatio: { from: 3, halfWidth: 0.15 } };
export const WRITE_PRECISION: PrecisionTarget = {
  halfWidth: 0.025,
  largeRatio: { from: 3, halfWidth: 0.15 },
};

/** Pairs after which the interval is looked at; between them it is not, so that looking costs no coverage. */
export const LOOKS: readonly number[] = [20, 40, 60, 100];
export const FIRST_LOOK = Math.min(...LOOKS);
export const MOST_PAIRS = Math.max(...LOOKS);

/** Whether the interval of a speedup is narrow enough. It is never asked whether it excludes 1. */
export function isPrecise(speedup: Estimate, target: PrecisionTarget): boolean {
  const { from, halfWidth } = target.largeRatio;
  const isLarge = speedup.point >= from || speedup.point <= 1 / from;
  const relative = (speedup.high - speedup.low) / 2 / speedup.point;
  return relative <= (isLarge ? halfWidth : target.halfWidth);
}
