import { logNormal, normal as normalValue } from '../../seed/distributions.ts';
import { binomialInterval } from '../analyse/binomial.ts';
import { speedup } from '../analyse/estimates.ts';
import {
  isPreciseAt,
  LOOKS,
  MOST_ROUNDS,
  READ_PRECISION,
  WRITE_PRECISION,
  type PrecisionTarget,
} from '../analyse/precision.ts';
import type { PerArm } from '../model/arm.ts';
import { mean } from '../model/averages.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Rate, SimulatedCoverage } from '../model/qualification.ts';
import type { Random } from '../model/work-item.ts';

/** Draws the log ratio of the pair with this ordinal; its median over many samples is 0. */
type LogRatio = (ordinal: number) => number;

/** Distributions of log ratios, each with an interquartile range of about 1. */
export function shapes(random: Random): Record<string, LogRatio> {
  const normal = (): number => normalValue(random, 0, 1);
  return {
    'ratio of log-normal durations': () => (normal() - normal()) / 1.9,
    'skewed: only one arm is disturbed': () => (logNormal(random, 1, 0.8) - 1) / 1.1,
    'heavy tails': () => normal() / normal() / 2,
    'two modes': () => 0.15 * normal() + (random() < 0.5 ? 0.5 : -0.5),
    'drift, either way': driftingEitherWay(random, normal),
  };
}

/** Each sample of pairs drifts by one interquartile range over twenty pairs, beside its own scatter. */
function driftingEitherWay(random: Random, normal: () => number): LogRatio {
  let slope = 0;
  return (ordinal) => {
    if (ordinal === 0) slope = random() < 0.5 ? 1 : -1;
    return normal() / 1.5 + slope * (((ordinal % 20) - 9.5) / 20);
  };
}

/** One duration of each arm, in any unit, and the ordinal of the round that they are from. */
export type RoundPair = PerArm<number> & { round: number };

/** How a run measures an item. */
export interface Estimator {
  pairsAVisit: number;
  /** The speedup that it would report of these pairs; undefined for too few. */
  estimate: (pairs: readonly RoundPair[]) => Estimate | undefined;
}

/**
 * Measures simulated pairs like a run does, and counts how often the interval contains the long-run value of the
 * estimator: where only one arm is disturbed, which ratio is true depends on what is estimated.
 */
export function simulateCoverage(
  distribution: string,
  logRatio: LogRatio,
  spread: number,
  trials: number,
  estimator: Estimator,
): SimulatedCoverage {
  const next = (ordinal: number): RoundPair => ({
    before: Math.exp(spread * logRatio(ordinal)),
    after: 1,
    round: Math.floor(ordinal / estimator.pairsAVisit) + 1,
  });
  const truth = longRunValue(() => next, estimator, trials);
  let [hits, pairs] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const { sample, estimate } = untilSettled(next, estimator);
    pairs += sample.length;
    if (estimate && estimate.low <= truth && estimate.high >= truth) hits++;
  }
  return { distribution, spread, meanPairs: pairs / trials, covered: rate(hits, trials) };
}

/** What an estimator gives in the long run: the geometric mean over runs of the most rounds. */
export function longRunValue(
  begin: () => (ordinal: number) => RoundPair,
  { pairsAVisit, estimate }: Estimator,
  runs: number,
): number {
  const mostPairs = pairsAVisit * MOST_ROUNDS;
  const logs = Array.from({ length: runs }, () => {
    const next = begin();
    const sample = Array.from({ length: mostPairs }, (_, ordinal) => next(ordinal));
    return Math.log(estimate(sample)?.point ?? NaN);
  });
  return Math.exp(mean(logs));
}

export const rate = (hits: number, trials: number): Rate => ({
  hits,
  trials,
  ...binomialInterval(hits, trials),
});

/** Takes pairs until the stopping rule of a run ends it. */
export function untilSettled(
  next: (ordinal: number) => RoundPair,
  { pairsAVisit, estimate: estimateOf }: Estimator,
): { sample: readonly RoundPair[]; estimate: Estimate | undefined } {
  const sample: RoundPair[] = [];
  for (;;) {
    sample.push(next(sample.length));
    const rounds = sample.length / pairsAVisit;
    if (!LOOKS.includes(rounds)) continue;
    const estimate = estimateOf(sample);
    if (rounds >= MOST_ROUNDS || isPreciseAt(rounds, estimate, WRITE_PRECISION)) return { sample, estimate };
  }
}

/** The estimator of a run, for reads. */
export const estimateRead: Estimator = estimatorFor(READ_PRECISION);

/** The same for writes, whose intervals are narrower. */
export const estimateWrite: Estimator = estimatorFor(WRITE_PRECISION);

function estimatorFor(precision: PrecisionTarget): Estimator {
  return { pairsAVisit: precision.pairsAVisit, estimate: (pairs) => speedup(pairs, precision) };
}
