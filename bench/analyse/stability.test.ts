import { describe, expect, test } from 'vitest';
import { normalDraws, sample, type Draw } from '../../tests/fixtures/simulated.ts';
import { drift, modes, outlyingStart } from './stability.ts';

const TRIALS = 2000;
/** Of 2,000 trials that err at 0.0025 each, 16 or more come by chance in fewer than 1 of 10,000 such tests. */
const MOST_FALSE_ALARMS = 15;

const rateOf = (n: number, draw: (position: number) => number, check: (values: number[]) => unknown) =>
  sample(TRIALS, () => Number(check(sample(n, draw)) !== undefined)).reduce((sum, hit) => sum + hit, 0);

const normal = normalDraws('stability');
const steady: Record<string, Draw> = {
  normal,
  'a ratio of log-normal durations': () => Math.exp(normal() / 2) - Math.exp(normal() / 2),
  'heavy-tailed': () => normal() / (0.1 + Math.abs(normal())),
};
const cases = Object.entries(steady).flatMap(([name, draw]) => [20, 40, 100].map((n) => ({ name, n, draw })));

describe.each(cases)('$n steady values, $name', ({ n, draw }) => {
  test('show no drift', () => {
    expect(rateOf(n, draw, drift)).toBeLessThanOrEqual(MOST_FALSE_ALARMS);
  });

  test('show no second mode', () => {
    expect(rateOf(n, draw, modes)).toBeLessThanOrEqual(MOST_FALSE_ALARMS);
  });
});

test('a drift of four standard deviations is found, with its direction', () => {
  const rising = (position: number) => normal() + (6 * position) / 40;
  expect(rateOf(40, rising, drift)).toBeGreaterThan(0.95 * TRIALS);
  expect(drift(sample(40, (position) => position))).toBe(27);
  expect(drift(sample(40, (position) => -position))).toBe(-27);
});

test('two groups eight standard deviations apart are found, with their places', () => {
  const either = (position: number) => normal() + (position % 3 === 0 ? 8 : 0);
  expect(rateOf(20, either, modes)).toBeGreaterThan(0.9 * TRIALS);
  expect(modes([...sample(10, () => 1), ...sample(10, () => 3)])).toEqual({ lower: 1, upper: 3 });
});

test('a few outliers are no mode', () => {
  expect(modes([...sample(17, normal), 100, 101, 102])).toBeUndefined();
});

test('a first value beyond the scatter of the others stands out, one within it does not', () => {
  expect(outlyingStart([9, 1, 1.1, 0.9, 1.2, 0.8])).toBe(8);
  expect(outlyingStart([1.3, 1, 1.1, 0.9, 1.2, 0.8])).toBeUndefined();
});

test('too few values show nothing', () => {
  for (const values of [[], [1], [1, 2]]) {
    expect(drift(values)).toBeUndefined();
    expect(modes(values)).toBeUndefined();
  }
  expect(outlyingStart([1])).toBeUndefined();
});
