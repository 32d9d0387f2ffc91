import type { Estimate } from '../model/estimate.ts';
import type { Timed } from '../model/measurement.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Pair, PairedDurations } from '../model/pair.ts';
import { halfDifference } from './cross-over.ts';
import {
  asMeasured,
  estimateOf,
  logRatio,
  logRatios,
  meansInSequences,
  overRounds,
  type IntervalOptions,
} from './estimates.ts';

/**
 * Time on the server of `--after` / time on that of `--before`, from the pairs of an item: more than 1 is slower.
 *
 * @returns undefined where both arms are on one server, and for too few rounds
 */
export function serverRatio(pairs: readonly Pair[], options: IntervalOptions = {}): Estimate | undefined {
  const durations = asMeasured(pairs);
  const sequences = meansInSequences(durations, logRatio);
  if (!sequences) return undefined;
  const { point, error, df } = halfDifference(sequences);
  const { betweenRuns = 1 } = options;
  return {
    ...estimateOf({ point: -point, error: betweenRuns * error, df }, options),
    n: logRatios(durations).length,
    method: 'half the difference between both sequences of a cross-over, t interval',
  };
}

/**
 * The same of all canaries together. Both of their copies are the same: each pair has the databases of `before` on either
 * server.
 */
export function commonServerRatio(canaries: readonly Outcome<Timed>[]): Estimate | undefined {
  const durations = canaries
    .filter((canary) => canary.state === 'measured')
    .flatMap(({ pairs }) => asMeasured(pairs))
    .flatMap(asServers);
  const mean = overRounds(durations, (duration) => -logRatio(duration));
  if (!mean) return undefined;
  const method = 'trimmed mean over rounds of the canaries, t interval';
  return { ...estimateOf(mean), n: logRatios(durations).length, method };
}

/** `before` on the server of `--before`, and `after` on the other one. */
const asServers = ({ round, sequence, before, after }: PairedDurations[number]): PairedDurations => {
  if (sequence === undefined) return [];
  return [sequence === 'AB' ? { round, before, after } : { round, before: after, after: before }];
};
