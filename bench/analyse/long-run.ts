import type { Arm } from '../model/arm.ts';
import { mean, median } from '../model/averages.ts';
import type { Estimate } from '../model/estimate.ts';
import { most } from '../model/extent.ts';
import { histogramOf } from '../model/histogram.ts';
import type { ArmSize, Latency, LoadedArm, Stretch } from '../model/long-run.ts';
import { QUANTILES } from '../model/tails.ts';
import { NOMINAL_CONFIDENCE } from './order-statistics.ts';
import { poolRounds, quantilesOf } from './pooled-quantiles.ts';
import { short } from './quantile-estimates.ts';
import { intervalOf } from './trimmed-mean.ts';

export function latencyOf(durationsMs: readonly number[]): Latency {
  if (durationsMs.length === 0) return { p50Ms: 0, p95Ms: 0, p99Ms: 0, longestMs: 0 };
  const pooled = poolRounds([histogramOf(durationsMs)]);
  const [p50Ms = NaN, p95Ms = NaN, p99Ms = NaN] = quantilesOf(pooled, QUANTILES, [1]).map(short);
  return { p50Ms, p95Ms, p99Ms, longestMs: most(durationsMs) };
}

/** A second with less of the median second's executions is one in which nothing much went on. */
const STALLED = 0.25;

/** One arm over all its stretches. */
export function loadedArm(
  stretches: readonly Stretch[],
  durationsMs: readonly number[],
  sizes: { atStart: ArmSize; atEnd: ArmSize },
): LoadedArm {
  const seconds = stretches.flatMap(({ executions }) => executions);
  const usual = median(seconds);
  return {
    executionsPerSecond: mean(seconds),
    stalledSeconds: seconds.filter((executions) => executions < STALLED * usual).length,
    latency: latencyOf(durationsMs),
    ...sizes,
  };
}

/** Of each stretch. Shorter ones would depend more on one another; of fewer, nobody could tell the scatter. */
const BATCHES = 6;

/**
 * Throughput after / before, with an interval from the scatter of batches of seconds (batch means: Law, "Simulation Modeling
 * and Analysis", 9.5.3), each with the batch of the other arm at the same time since the load began. The ratio is that of
 * all executions, its error that of a ratio estimator (Cochran 1977, "Sampling Techniques", 6.4). Batches that follow one
 * another are alike: where their residuals are, they count as fewer (Bayley and Hammersley 1946, "The effective number of
 * independent observations").
 *
 * @returns undefined where there is too little to compare
 */
export function throughputRatio(stretches: readonly Stretch[]): Estimate | undefined {
  const [before, after] = [batchesOf('before', stretches), batchesOf('after', stretches)];
  const usual = mean(before);
  const n = Math.min(before.length, after.length);
  if (n < 3 || !(usual > 0)) return undefined;
  const point = mean(after) / usual;
  const residuals = after.slice(0, n).map((value, batch) => (value - point * (before[batch] ?? 0)) / usual);
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const error = Math.sqrt((squares / (n * (n - 1))) * inflation(residuals, squares));
  const { low, high } = intervalOf({ point, error, df: n - 1 }, NOMINAL_CONFIDENCE);
  const method = 'ratio of all executions, t interval over batches of seconds';
  return { point, low: Math.max(0, low), high, confidence: NOMINAL_CONFIDENCE, n, method };
}

/** Executions per second of each batch of an arm, in their order. */
const batchesOf = (arm: Arm, stretches: readonly Stretch[]): number[] =>
  stretches.filter((stretch) => stretch.arm === arm).flatMap(({ executions }) => inBatches(executions));

function inBatches(executions: readonly number[]): number[] {
  const batches = Math.min(BATCHES, executions.length);
  const edge = (batch: number): number => Math.round((batch * executions.length) / batches);
  return Array.from({ length: batches }, (_, batch) => mean(executions.slice(edge(batch), edge(batch + 1))));
}

const MOST_ALIKE = 0.9;

/** Of the variance of a mean, by the correlation of each residual with the next. */
function inflation(residuals: readonly number[], squares: number): number {
  const products = residuals.slice(1).map((residual, before) => residual * (residuals[before] ?? 0));
  const correlation = squares > 0 ? products.reduce((sum, product) => sum + product, 0) / squares : 0;
  const alike = Math.min(MOST_ALIKE, Math.max(0, correlation));
  return (1 + alike) / (1 - alike);
}
