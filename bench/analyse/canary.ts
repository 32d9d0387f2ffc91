import type { CanaryMeasurement } from '../model/measurement.ts';
import { isQuiet } from '../model/noise.ts';
import { NOISY, type Warning } from '../model/outcome.ts';
import type { CanaryResult } from '../model/item-result.ts';
import { clientDurations, logRatios, timesOf, tooFewToEstimate } from './estimates.ts';
import { serverRatio } from './server-ratio.ts';
import { shift } from './stability.ts';
import { tailsOf } from './tails.ts';

const CONFIDENCE = 0.99;

/** A canary's outcome in a report. */
export interface CanaryDescription {
  id: string;
  title: string;
}

/** How far from 1 the interval of a canary may reach. */
const QUIET = { low: 0.95, high: 1.05 };

/** With equal sides, the whole interval has to lie close to 1. */
export function judgeCanary(measurement: CanaryMeasurement<CanaryDescription>): CanaryResult {
  const { item, baseline } = measurement;
  const identity = { id: item.id, title: item.title, baseline };
  if (measurement.state === 'failed') return { ...identity, state: 'failed', error: measurement.error };
  const { pairs, executions } = measurement;
  const times = timesOf(clientDurations(pairs), { confidence: CONFIDENCE });
  if (!times) return { ...identity, state: 'failed', error: tooFewToEstimate(pairs.length) };
  const { low, high } = times.estimate;
  const isWithin = low >= QUIET.low && high <= QUIET.high;
  const drift = Math.exp(shift(logRatios(clientDurations(pairs))));
  const ofServers = serverRatio(pairs, { confidence: CONFIDENCE });
  const tails = tailsOf(executions);
  return {
    ...identity,
    state: 'measured',
    pairs: [...pairs],
    ...times,
    ...(ofServers && { serverRatio: ofServers }),
    ...(tails && { tails }),
    drift,
    isQuiet: isWithin,
  };
}

/** The warning on every timing verdict of a run whose canary does not come out as 1. @param twins both sides of each */
export function noiseWarning(
  canaries: readonly CanaryResult[],
  twins = 'two copies without the candidate',
): Warning[] {
  const noisy = canaries.filter((canary) => !isQuiet(canary));
  if (noisy.length === 0) return [];
  const names = noisy.map(({ id, baseline }) => `${id} on ${baseline}`).join(', ');
  const cause = `in this run, ${twins} are not shown to be alike within 5 % (${names})`;
  return [
    {
      code: NOISY,
      cause,
      remedy: 'raise --budget, or repeat it on a quieter machine, before you rely on its times',
    },
  ];
}
