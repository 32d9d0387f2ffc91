import { logNormal, normal as normalValue } from '../../seed/distributions.ts';
import { binomialInterval } from '../analyse/binomial.ts';
import { speedup } from '../analyse/estimates.ts';
import { isSettled, LOOKS, READ_PRECISION } from '../analyse/precision.ts';
import type { PairedDurations } from '../model/pair.ts';
import type { SimulatedCoverage } from '../model/qualification.ts';
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

/**
 * Measures simulated pairs of equal arms like a run does, and counts how often the interval contains the true value.
 */
export function simulateCoverage(
  distribution: string,
  logRatio: LogRatio,
  spread: number,
  trials: number,
): SimulatedCoverage {
  let [hits, pairs] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const sample = untilSettled((ordinal) => Math.exp(spread * logRatio(ordinal)));
    const interval = speedup(sample);
    pairs += sample.length;
    if (interval && interval.low <= 1 && interval.high >= 1) hits++;
  }
  const covered = { hits, trials, ...binomialInterval(hits, trials) };
  return { distribution, spread, meanPairs: pairs / trials, covered };
}

function untilSettled(ratio: (ordinal: number) => number): PairedDurations {
  const sample: PairedDurations[number][] = [];
  for (;;) {
    sample.push({ before: ratio(sample.length), after: 1 });
    const { length } = sample;
    if (LOOKS.includes(length) && isSettled(length, speedup(sample), READ_PRECISION)) return sample;
  }
}
