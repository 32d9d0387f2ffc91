import { relativeHalfWidth } from '../analyse/precision.ts';
import { mean, median } from '../model/averages.ts';
import type { Estimate } from '../model/estimate.ts';
import type { SimulatedStates } from '../model/qualification.ts';
import type { Random } from '../model/work-item.ts';
import { longRunValue, rate, untilSettled, type Estimator } from './coverage.ts';
import { disturbedRun, type SimulatedArms } from './disturbed-machine.ts';

/**
 * Simulates runs on a machine whose states last longer than a visit to an item. No single ratio is true in all of
 * them: what a run estimates is the long-run value of its estimator, the mean over runs of the most rounds.
 *
 * @param trials of them, each with a second run to be confirmed by
 */
export function simulateStates(
  random: Random,
  arms: SimulatedArms,
  estimator: Estimator,
  trials: number,
): SimulatedStates {
  const truth = longRunValue(() => disturbedRun(random, arms, estimator.pairsAVisit), estimator, trials);
  const runs = Array.from({ length: trials }, () => settledRun(random, arms, estimator));
  const estimates = runs.map(({ estimate }) => estimate);
  const next = estimates.map((_, trial) => estimates[(trial + 1) % trials]?.point ?? NaN);
  return {
    arms: arms.title,
    meanRounds: mean(runs.map(({ rounds }) => rounds)),
    halfWidth: median(estimates.map(relativeHalfWidth)),
    covered: rate(estimates.filter((estimate) => contains(estimate, truth)).length, trials),
    confirmed: rate(estimates.filter((estimate, trial) => contains(estimate, next[trial])).length, trials),
  };
}

const contains = ({ low, high }: Estimate, value = NaN): boolean => low <= value && value <= high;

function settledRun(
  random: Random,
  arms: SimulatedArms,
  estimator: Estimator,
): { estimate: Estimate; rounds: number } {
  const { pairsAVisit } = estimator;
  const { sample, estimate } = untilSettled(disturbedRun(random, arms, pairsAVisit), estimator);
  if (!estimate) throw new Error('the first look has too few pairs for the estimator');
  return { estimate, rounds: sample.length / pairsAVisit };
}
