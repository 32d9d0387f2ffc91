import { describe, expect, test } from 'vitest';
import { randomFor } from '../../seed/random.ts';
import { FIRST_LOOK } from '../analyse/precision.ts';
import { medianInterval } from '../analyse/order-statistics.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Estimator, RoundPair } from './coverage.ts';
import { simulateStates } from './disturbed-coverage.ts';
import { disturbedMachine, disturbedRun, SIMULATED_ARMS, type SimulatedArms } from './disturbed-machine.ts';

const random = (purpose: string) => randomFor(7, purpose);

function armsOf(title: string): SimulatedArms {
  const found = SIMULATED_ARMS.find((arms) => arms.title === title);
  if (!found) throw new Error(`no arms are ${title}`);
  return found;
}
const SCAN_AND_LOOKUP = armsOf('a scan and an index lookup');

const logRatio = ({ before, after }: RoundPair): number => Math.log(before / after);

const PAIRS_A_VISIT = 2;

const medianOf = (values: (pairs: readonly RoundPair[]) => number[]): Estimator => ({
  pairsAVisit: PAIRS_A_VISIT,
  estimate: (pairs) => {
    const found = medianInterval(values(pairs));
    if (!found) return undefined;
    const { point, low, high, confidence, n } = found;
    return { point: Math.exp(point), low: Math.exp(low), high: Math.exp(high), confidence, n, method: '' };
  },
});

/** Takes all pairs for independent. */
const overPairs = medianOf((pairs) => pairs.map(logRatio));

/** One value a round. */
const overRounds = medianOf((pairs) =>
  [...new Set(pairs.map(({ round }) => round))].map((round) =>
    meanOf(pairs.filter((pair) => pair.round === round)),
  ),
);

const meanOf = (visit: readonly RoundPair[]): number =>
  visit.reduce((sum, pair) => sum + logRatio(pair), 0) / visit.length;

const fixed = (bounds: Pick<Estimate, 'point' | 'low' | 'high'>): Estimator => ({
  pairsAVisit: PAIRS_A_VISIT,
  estimate: () => ({ ...bounds, confidence: 0.95, n: 1, method: '' }),
});

describe('a disturbed machine', () => {
  test('is at rest in two thirds of the time, and keeps a state for 2 to 15 s', () => {
    const stateAt = disturbedMachine(random('machine'), {
      title: '',
      follows: { before: 1, after: 1 },
      unevenness: 0,
    });
    const slowdowns = Array.from({ length: 200_000 }, (_, step) => stateAt(step / 10).before);
    const atRest = slowdowns.filter((slowdown) => slowdown === 0).length / slowdowns.length;
    expect(atRest).toBeGreaterThan(0.6);
    expect(atRest).toBeLessThan(0.73);
    expect(Math.exp(Math.max(...slowdowns.slice(0, 100_000)))).toBeLessThanOrEqual(5.8 / 1.6);
    const changes = slowdowns.flatMap((slowdown, step) => (slowdown === slowdowns[step - 1] ? [] : [step]));
    const lasted = changes.flatMap((step, position) => {
      const end = changes[position + 1];
      return slowdowns[step] === 0 || end === undefined ? [] : [(end - step) / 10];
    });
    expect(Math.min(...lasted)).toBeGreaterThanOrEqual(1.9);
    expect(Math.max(...lasted)).toBeLessThanOrEqual(15.1);
  });

  test('slows a scan down several times, and a lookup hardly', () => {
    const next = disturbedRun(random('run'), SCAN_AND_LOOKUP, PAIRS_A_VISIT);
    const pairs = Array.from({ length: 2000 }, (_, ordinal) => next(ordinal));
    const slow = (arm: 'before' | 'after') => pairs.filter((pair) => pair[arm] > 1.6).length / pairs.length;
    expect(slow('before')).toBeGreaterThan(0.15);
    expect(slow('after')).toBeLessThan(0.02);
    expect(pairs.at(-1)?.round).toBe(1000);
  });
});

describe('simulated runs on it', () => {
  test('count an interval that contains everything always, and one that contains nothing never', () => {
    const everything = simulateStates(
      random('all'),
      SCAN_AND_LOOKUP,
      fixed({ point: 1, low: 0, high: 9 }),
      20,
    );
    expect(everything.covered).toMatchObject({ hits: 20, trials: 20 });
    expect(everything.confirmed).toMatchObject({ hits: 20, trials: 20 });
    expect(everything).toMatchObject({ meanRounds: 50, halfWidth: 4.5 });
    const nothing = simulateStates(
      random('none'),
      SCAN_AND_LOOKUP,
      fixed({ point: 1, low: 2, high: 2.01 }),
      20,
    );
    expect(nothing).toMatchObject({ covered: { hits: 0 }, confirmed: { hits: 0 }, meanRounds: FIRST_LOOK });
  });

  test('show that pairs of one visit are not independent: over rounds more points are confirmed', () => {
    const confirmedBy = (estimator: Estimator): number =>
      simulateStates(random('states'), SCAN_AND_LOOKUP, estimator, 500).confirmed.hits / 500;
    expect(confirmedBy(overPairs)).toBeLessThan(0.8);
    expect(confirmedBy(overRounds)).toBeGreaterThan(confirmedBy(overPairs));
  });

  test('show no fault where the states slow both arms down alike', () => {
    const { covered, confirmed } = simulateStates(
      random('alike'),
      armsOf('identical scans'),
      overRounds,
      500,
    );
    expect(covered.hits / 500).toBeGreaterThan(0.91);
    expect(confirmed.hits / 500).toBeGreaterThan(0.78);
  });
});
