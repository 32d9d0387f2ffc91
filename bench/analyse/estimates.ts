import type { Arm, PerArm } from '../model/arm.ts';
import { mean } from '../model/averages.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Failure } from '../model/outcome.ts';
import type { Pair, PairedDurations } from '../model/pair.ts';
import type { Tails } from '../model/tails.ts';
import type { Times } from '../model/times.ts';
import {
  commonMean,
  FEWEST_ROUNDS_A_SEQUENCE,
  halfDifference,
  inSequences,
  levelled,
  type InSequences,
} from './cross-over.ts';
import { medianInterval, NOMINAL_CONFIDENCE } from './order-statistics.ts';
import { FEWEST_ROUNDS } from './precision.ts';
import { errorOfDifference, intervalOf, plainMean, trimmedMean, type Mean } from './trimmed-mean.ts';

/** Durations at the client: the median of each block, without what distinguishes two servers. */
export const clientDurations = (pairs: readonly Pair[]): PairedDurations => onOneLevel(asMeasured(pairs));

/** As they were, on whichever server. */
export const asMeasured = (pairs: readonly Pair[]): PairedDurations =>
  pairs.map(({ round, sequence, before, after }) => ({
    ...{ round, sequence },
    ...{ before: before.medianMs, after: after.medianMs },
  }));

/** Durations on the server, likewise: the mean of each block. Pairs without a server time, or with 0, are left out. */
export const serverDurations = (pairs: readonly Pair[]): PairedDurations =>
  onOneLevel(
    pairs.flatMap(
      ({ round, sequence, before: { serverMeanMs: before = 0 }, after: { serverMeanMs: after = 0 } }) =>
        before > 0 && after > 0 ? [{ round, sequence, before, after }] : [],
    ),
  );

function onOneLevel(durations: PairedDurations): PairedDurations {
  const sequences = meansInSequences(durations, logRatio);
  return sequences ? levelled(durations, halfDifference(sequences).point) : durations;
}

/** Undefined where both arms are on one server, or a sequence has too few rounds. */
export function meansInSequences(
  durations: PairedDurations,
  valueOf: (duration: PairedDurations[number]) => number,
): InSequences<Mean> | undefined {
  const sequences = inSequences(durations);
  if (!sequences) return undefined;
  const [ab, ba] = [roundValues(sequences.AB, valueOf), roundValues(sequences.BA, valueOf)];
  if (Math.min(ab.length, ba.length) < FEWEST_ROUNDS_A_SEQUENCE) return undefined;
  return { AB: trimmedMean(ab), BA: trimmedMean(ba) };
}

/** The mean of a value over the pairs of each round; of pairs that were measured in one go, each is its own round. */
function roundValues(
  durations: PairedDurations,
  valueOf: (duration: PairedDurations[number]) => number,
): number[] {
  const rounds = new Map<number, number[]>();
  for (const [position, duration] of durations.entries()) {
    const round = duration.round ?? -position;
    rounds.set(round, [...(rounds.get(round) ?? []), valueOf(duration)]);
  }
  return Array.from(rounds.values(), mean);
}

/** ln(before / after). 0 is no difference; swapping the arms only changes the sign. */
export const logRatio = ({ before, after }: PerArm<number>): number => Math.log(before) - Math.log(after);

/** One of each round. */
export const logRatios = (durations: PairedDurations): number[] => roundValues(durations, logRatio);

/**
 * A value over the rounds: one for each round first, then over rounds, because the pairs of a round share the state of the
 * machine (Kalibera and Jones 2013, "Rigorous benchmarking in reasonable time").
 *
 * @returns undefined for too few rounds for an interval
 */
export function overRounds(
  durations: PairedDurations,
  valueOf: (duration: PairedDurations[number]) => number,
  betweenRuns = 1,
): Mean | undefined {
  const values = roundValues(durations, valueOf);
  if (values.length < FEWEST_ROUNDS) return undefined;
  const mean = inSequences(durations) ? crossedMean(durations, valueOf) : trimmedMean(values);
  return mean && { ...mean, error: betweenRuns * mean.error };
}

const crossedMean = (
  durations: PairedDurations,
  valueOf: (duration: PairedDurations[number]) => number,
): Mean | undefined => {
  const sequences = meansInSequences(durations, valueOf);
  return sequences && commonMean(sequences);
};

/** What an interval is made with. */
export interface IntervalOptions {
  /** @default 0.95 */
  confidence?: number;
  /** By how much two identical copies differ: the log ratio's interval is widened by it at both ends. @default 0 */
  placement?: number;
  /** A factor on the standard error, for what differs from run to run. @default 1 */
  betweenRuns?: number;
  /** How well the servers' difference is known that was taken out of the log ratio. @default nothing was */
  apart?: Mean | undefined;
}

/** The mean log ratio over the rounds; undefined for too few of them. */
export const meanLogRatio = (
  durations: PairedDurations,
  { betweenRuns, apart }: IntervalOptions = {},
): Mean | undefined => {
  const mean = overRounds(durations, logRatio, betweenRuns);
  return mean && less(mean, apart);
};

/** Without the servers' difference, which the durations do not have in them any more. */
const less = (mean: Mean, apart: Mean | undefined): Mean =>
  apart ? { ...mean, ...errorOfDifference(mean, apart) } : mean;

/**
 * before / after: the exponential of the trimmed mean log ratio over the rounds.
 *
 * @param shared that mean, where more is known of its scatter than these durations tell
 * @returns undefined for too few rounds for an interval
 */
export function speedup(
  durations: PairedDurations,
  options: IntervalOptions = {},
  shared?: Mean,
): Estimate | undefined {
  const own = meanLogRatio(durations, options);
  if (!own) return undefined;
  const ratio = shared ?? own;
  const usual = inSequences(durations) ? CROSSED_METHOD : options.apart ? APART_METHOD : METHOD;
  const method = ratio.df > own.df ? `${usual}, scatter shared among writes` : usual;
  return { ...estimateOf(ratio, options), n: logRatios(durations).length, method };
}

/**
 * The same over the quieter half of the rounds, by the time that both arms took together: interference only adds time (Chen
 * and Revels 2016, "Robust benchmarking in noisy environments").
 *
 * @returns undefined for too few rounds, and for pairs that were measured in one go
 */
export function quietSpeedup(
  durations: PairedDurations,
  options: IntervalOptions = {},
): Estimate | undefined {
  const ratios = logRatios(durations);
  if (ratios.length < FEWEST_ROUNDS || durations.some(({ round }) => round === undefined)) return undefined;
  const levels = roundValues(durations, ({ before, after }) => Math.log(before) + Math.log(after));
  const quiet = [...levels.keys()]
    .sort((a, b) => (levels[a] ?? 0) - (levels[b] ?? 0))
    .slice(0, Math.ceil(levels.length / 2));
  const mean = less(plainMean(quiet.map((round) => ratios[round] ?? NaN)), options.apart);
  return {
    ...estimateOf(mean, options),
    n: quiet.length,
    method: 'mean over the quieter half of the rounds, t interval',
  };
}

/** after / before - 1, from the speedup over the same pairs. */
export function overheadOf(speedup: Estimate): Estimate {
  return {
    ...speedup,
    point: 1 / speedup.point - 1,
    low: 1 / speedup.high - 1,
    high: 1 / speedup.low - 1,
  };
}

/** The speedup behind an overhead. */
export const speedupOf = (overhead: Estimate): Estimate => ({
  ...overhead,
  point: 1 / (1 + overhead.point),
  low: 1 / (1 + overhead.high),
  high: 1 / (1 + overhead.low),
});

/** The duration of one execution on one arm, in milliseconds. */
export function durationMs(
  durations: PairedDurations,
  arm: Arm,
  { betweenRuns, apart }: IntervalOptions = {},
): Estimate | undefined {
  const own = overRounds(durations, (duration) => Math.log(duration[arm]), betweenRuns);
  // Half of the difference was taken out of either arm.
  const mean = own && less(own, apart && { ...apart, error: apart.error / 2 });
  return mean && { ...estimateOf(mean), n: logRatios(durations).length, method: METHOD };
}

/** The median of one duration a block, in milliseconds, with its order-statistic interval. */
export function medianDurationMs(blocks: readonly number[]): Estimate | undefined {
  const interval = medianInterval(blocks);
  return interval && { ...interval, method: 'median over blocks, order-statistic interval' };
}

const METHOD = 'trimmed mean over rounds, t interval';
const APART_METHOD =
  "trimmed mean over rounds without the servers' difference in one more statement than the yardsticks, t interval";
const CROSSED_METHOD = 'mean of both sequences of a cross-over, trimmed means over rounds, t interval';

/** Of the logarithm, on the scale of the value itself. */
export function estimateOf(
  mean: Mean,
  { confidence = NOMINAL_CONFIDENCE, placement = 0 }: IntervalOptions = {},
): Pick<Estimate, 'point' | 'low' | 'high' | 'confidence'> {
  const { low, high } = intervalOf(mean, confidence);
  return {
    point: Math.exp(mean.point),
    low: Math.exp(low - placement),
    high: Math.exp(high + placement),
    confidence,
  };
}

/** Both durations and their speedup, see there; undefined for too few pairs for an interval. */
export function timesOf(
  durations: PairedDurations,
  options?: IntervalOptions,
  shared?: Mean,
): Times | undefined {
  const estimate = speedup(durations, options, shared);
  const before = durationMs(durations, 'before', options);
  const after = durationMs(durations, 'after', options);
  if (!estimate || !before || !after) return undefined;
  return { before: { durationMs: before }, after: { durationMs: after }, estimate };
}

/** Both durations, with the overhead as the estimate. */
export const asOverhead = <T extends Times>(times: T): T => ({
  ...times,
  estimate: overheadOf(times.estimate),
});

/** The same with overheads. */
export const asOverheads = (tails: Tails): Tails => ({
  ...tails,
  quantiles: tails.quantiles.map((one) => (one.state === 'measured' ? asOverhead(one) : one)),
});

/** The failure of a row that has too few rounds for an interval. */
export function tooFewToEstimate(pairs: number): Failure {
  return {
    message: `${pairs === 1 ? '1 pair was' : `${pairs} pairs were`} measured; an interval needs pairs of ${FEWEST_ROUNDS} rounds`,
    detail:
      'The run was interrupted, or the time or the rows to write to ran out; resume it, or raise --budget or --scale.',
  };
}
