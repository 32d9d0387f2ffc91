import type { Estimate } from '../model/estimate.ts';
import type { Block, Pair } from '../model/pair.ts';

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
  /** See `READ_BETWEEN_RUNS`. */
  betweenRuns: number;
  /** Pairs of an item in one round. */
  pairsAVisit: number;
}

/** Rounds of a read scatter more than its pairs do within them: a second pair in the same round tells little. */
const READ_PAIRS_A_VISIT = 1;
/** Pairs of a write scatter as much within a round as from round to round, and every visit has its price. */
const WRITE_PAIRS_A_VISIT = 2;
const CANARY_PAIRS_A_VISIT = 2;

/** A pair that takes so long is enough for a visit. */
const LONG_PAIR_MS = 80;

/**
 * The buffers that hold the pages of a copy make its reads some tenths of a percent faster or slower for as long as the
 * server runs. Over 15 pairs of identical copies the standard deviation was a third of a percent in the fastest read.
 * Half a percent is added to the interval at both ends. Writes scatter far more, and showed no such effect.
 */
const READ_PLACEMENT = 0.005;

/**
 * How much farther the ratios of two runs lie apart than the rounds of one let expect, where the arms do different work:
 * the share of slow states is another in every run. Two times ten runs asked for a factor of 1.5. In two further series
 * of ten, made since, 86 and 87 % and 81 and 80 % of the points were in each other's intervals with it, client and server
 * (`npm run qualify:repeat`).
 */
const READ_BETWEEN_RUNS = 1.5;

/** Writes showed no such effect. Where only one arm is disturbed, their scatter is skewed, and Student's interval too narrow. */
const WRITE_BETWEEN_RUNS = 1.1;

export const READ_PRECISION: PrecisionTarget = {
  halfWidth: 0.05,
  largeRatio: { from: 3, halfWidth: 0.15 },
  placement: READ_PLACEMENT,
  betweenRuns: READ_BETWEEN_RUNS,
  pairsAVisit: READ_PAIRS_A_VISIT,
};
export const WRITE_PRECISION: PrecisionTarget = {
  halfWidth: 0.025,
  largeRatio: { from: 3, halfWidth: 0.15 },
  placement: 0,
  betweenRuns: WRITE_BETWEEN_RUNS,
  pairsAVisit: WRITE_PAIRS_A_VISIT,
};

/** A canary's 99 % interval has to lie well within 5 % either way. */
export const CANARY_PRECISION: PrecisionTarget = {
  halfWidth: 0.02,
  largeRatio: { from: 3, halfWidth: 0.15 },
  placement: 0,
  betweenRuns: 1,
  pairsAVisit: CANARY_PAIRS_A_VISIT,
};

/** Whether a visit has timed enough pairs for its round. */
export const isVisitOver = (pairs: readonly Pair[], { pairsAVisit }: PrecisionTarget): boolean =>
  pairs.length >= pairsAVisit ||
  pairs.some((pair) => blockMs(pair.before) + blockMs(pair.after) > LONG_PAIR_MS);

const blockMs = ({ medianMs, executions }: Block): number => medianMs * executions;

/**
 * Numbers of quiet rounds after which the interval is looked at. Simulated as `npm run qualify` does it, intervals contain the truth as
 * often as with looks after 10, 20, 30 and 50; with a look after 6 or 7, or after every second round, they do less often.
 */
export const LOOKS: readonly number[] = [8, 12, 20, 30, 50];
/** The fewest rounds that an interval is made from. */
export const FEWEST_ROUNDS = 6;
export const FIRST_LOOK = Math.min(...LOOKS);
export const MOST_ROUNDS = Math.max(...LOOKS);

/** Whether an item ends at this number of quiet rounds: there is a look, and its interval is narrow enough. */
export const isPreciseAt = (
  quietRounds: number,
  speedup: Estimate | undefined,
  target: PrecisionTarget,
): boolean => LOOKS.includes(quietRounds) && speedup !== undefined && isPrecise(speedup, target);

/** Whether the interval of a speedup is narrow enough. Whether it excludes 1 is never a reason to stop. */
export function isPrecise(speedup: Estimate, target: PrecisionTarget): boolean {
  return relativeHalfWidth(speedup) <= aimedHalfWidth(speedup, target);
}

/** Half the width of a ratio's interval, over the ratio. */
export const relativeHalfWidth = ({ point, low, high }: Estimate): number => (high - low) / 2 / point;

/** Half the width of the interval aimed at, over the ratio. */
export function aimedHalfWidth({ point }: Estimate, { halfWidth, largeRatio }: PrecisionTarget): number {
  const isLarge = point >= largeRatio.from || point <= 1 / largeRatio.from;
  return isLarge ? largeRatio.halfWidth : halfWidth;
}
