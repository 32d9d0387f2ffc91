import type { PerArm } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Histogram } from '../model/histogram.ts';
import type { MeasuredQuantile } from '../model/tails.ts';
import { drawnRounds, type Weights } from './drawn-rounds.ts';
import { NOMINAL_CONFIDENCE } from './order-statistics.ts';
import { poolRounds, quantilesOf, type Pooled } from './pooled-quantiles.ts';
import { bothTails, quantile as studentQuantile } from './student.ts';
import { pValueOf, type Mean } from './trimmed-mean.ts';

type Share = MeasuredQuantile['quantile'];

/**
 * These quantiles of both arms, and their ratio, before / after: of all executions, and with the executions of drawn rounds
 * for its interval.
 *
 * @param shares in ascending order
 * @param rounds two or more, each with executions on both arms
 */
export function estimateQuantiles(
  shares: readonly Share[],
  rounds: readonly PerArm<Histogram>[],
): MeasuredQuantile[] {
  const pooled = {
    before: poolRounds(rounds.map(({ before }) => before)),
    after: poolRounds(rounds.map(({ after }) => after)),
  };
  const once = rounds.map(() => 1);
  const points = quantilesOn(pooled, shares, once);
  const draws = drawnRounds(rounds.length).map((weights) => quantilesOn(pooled, shares, weights));
  return shares.map((quantile, position) => {
    const of = (values: readonly PerArm<number>[]): PerArm<number> => values[position] ?? NOTHING;
    return { state: 'measured', quantile, ...estimated(of(points), draws.map(of), rounds.length) };
  });
}

const NOTHING = { before: NaN, after: NaN };

/** Of each share, on each arm, in milliseconds. */
function quantilesOn(pooled: PerArm<Pooled>, shares: readonly Share[], weights: Weights): PerArm<number>[] {
  const before = quantilesOf(pooled.before, shares, weights);
  const after = quantilesOf(pooled.after, shares, weights);
  return shares.map((_, position) => ({ before: before[position] ?? NaN, after: after[position] ?? NaN }));
}

function estimated(point: PerArm<number>, draws: readonly PerArm<number>[], rounds: number) {
  const over = (valueOf: (quantiles: PerArm<number>) => number): Estimate =>
    between(valueOf(point), draws.map(valueOf), rounds);
  const estimate = over(({ before, after }) => before / after);
  return {
    before: { durationMs: over(({ before }) => before) },
    after: { durationMs: over(({ after }) => after) },
    estimate,
    pValue: short(pValueOf(nearMean(estimate))),
  };
}

/**
 * The mean of logarithms whose interval ends at the same distance from the point, on the side of 1. The other end says how
 * much larger the difference may be: not whether there is one.
 */
function nearMean({ point, low, high, n }: Estimate): Mean {
  const reach = Math.abs(Math.log(point / (point > 1 ? low : high)));
  return { point: Math.log(point), error: reach / studentQuantile(NOMINAL_CONFIDENCE, n - 1), df: n - 1 };
}

/** Rounds that are drawn from few scatter less than these few, which are a sample themselves. */
const widening = (rounds: number): number => Math.sqrt(rounds / (rounds - 1));

/**
 * The interval between two of the draws: so far out that it is as wide for few rounds as Student's (Hesterberg 2015, "What
 * teachers should know about the bootstrap", 5.3, the expanded percentile interval).
 */
function between(point: number, draws: readonly number[], rounds: number): Estimate {
  const sorted = Float64Array.from(draws).sort();
  const t = studentQuantile(NOMINAL_CONFIDENCE, rounds - 1);
  const outside = bothTails(widening(rounds) * t, AS_GOOD_AS_NORMAL) / 2;
  const rank = Math.max(1, Math.floor(outside * (sorted.length + 1)));
  return {
    point: short(point),
    low: short(sorted[rank - 1] ?? NaN),
    high: short(sorted[sorted.length - rank] ?? NaN),
    confidence: NOMINAL_CONFIDENCE,
    n: rounds,
    method: 'quantile of all executions, percentiles of drawn rounds',
  };
}

/** Degrees of freedom with which Student's distribution is the normal one. */
const AS_GOOD_AS_NORMAL = 1e6;

/** Bins are 1 % wide: further digits would say nothing, and fill result.json. */
export const short = (value: number): number => Number(value.toPrecision(4));
