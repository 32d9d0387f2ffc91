import { expect, test } from 'vitest';
import { randomFor } from '../../seed/random.ts';
import { FIRST_LOOK, MOST_ROUNDS } from '../analyse/precision.ts';
import { estimateWrite, shapes, simulateCoverage } from './coverage.ts';

const simulate = (name: string, spread: number, trials = 1500) =>
  simulateCoverage(
    name,
    shapes(randomFor(7, 'coverage'))[name] ?? (() => NaN),
    spread,
    trials,
    estimateWrite,
  );

/** A share of at least 0.93; the simulated share may be three standard errors lower: 0.93 - 3 * 0.0066. */
const LEAST = 0.91;

test.each([
  'ratio of log-normal durations',
  'skewed: only one arm is disturbed',
  'heavy tails',
  'two modes',
  'drift, either way',
])('stopping on precision keeps the coverage of %s', (name) => {
  for (const spread of [0.05, 0.2, 0.5]) {
    const { covered } = simulate(name, spread);
    expect(covered.hits / covered.trials).toBeGreaterThan(LEAST);
    expect(covered.low).toBeLessThan(covered.hits / covered.trials);
  }
});

test('a narrow scatter ends at the first check, a wide one at the most pairs', () => {
  const { pairsAVisit } = estimateWrite;
  expect(simulate('ratio of log-normal durations', 0.01, 50).meanPairs).toBe(pairsAVisit * FIRST_LOOK);
  expect(simulate('ratio of log-normal durations', 2, 50).meanPairs).toBe(pairsAVisit * MOST_ROUNDS);
});
