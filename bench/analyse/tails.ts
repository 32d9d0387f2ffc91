import type { Arm, PerArm } from '../model/arm.ts';
import { executionsIn, mergeHistograms, type Histogram } from '../model/histogram.ts';
import { QUANTILES, type Quantile, type RoundExecutions, type Tails } from '../model/tails.ts';
import { NOMINAL_CONFIDENCE } from './order-statistics.ts';
import { FEWEST_ROUNDS } from './precision.ts';
import { estimateQuantiles } from './quantile-estimates.ts';

/**
 * p50, p95 and p99 of an item, from each of its executions: medians of blocks do not see the rare long ones. A ratio is
 * before / after.
 *
 * @returns undefined for fewer rounds than an interval needs
 */
export function tailsOf(visits: readonly RoundExecutions[] = []): Tails | undefined {
  const rounds = byRound(visits);
  if (rounds.length < FEWEST_ROUNDS) return undefined;
  const all = { before: mergedOn('before', rounds), after: mergedOn('after', rounds) };
  const least = Math.min(executionsIn(all.before), executionsIn(all.after));
  const enough = QUANTILES.filter((quantile) => least >= fewestExecutions(quantile));
  const estimated = estimateQuantiles(enough, rounds);
  const quantiles = QUANTILES.map(
    (quantile, position): Quantile =>
      estimated[position] ?? { state: 'too few executions', quantile, needed: fewestExecutions(quantile) },
  );
  return { executions: all, quantiles };
}

/**
 * Of fewer executions even the longest is below the quantile too often for an interval (Conover, "Practical
 * Nonparametric Statistics", 3.2): 6 for p50, 72 for p95, 368 for p99. Shares above a half need most.
 */
const fewestExecutions = (quantile: number): number =>
  Math.ceil(Math.log((1 - NOMINAL_CONFIDENCE) / 2) / Math.log(quantile));

function byRound(visits: readonly RoundExecutions[]): PerArm<Histogram>[] {
  const ordinals = new Set(visits.map(({ round }) => round));
  return Array.from(ordinals, (ordinal) => {
    const own = visits.filter(({ round }) => round === ordinal);
    return { before: mergedOn('before', own), after: mergedOn('after', own) };
  });
}

const mergedOn = (arm: Arm, visits: readonly PerArm<Histogram>[]): Histogram =>
  mergeHistograms(visits.map((visit) => visit[arm]));
