import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal as normalValue } from '../../seed/distributions.ts';
import { randomFor } from '../../seed/random.ts';
import { medianInterval } from './order-statistics.ts';

/** The values are their own ranks: an interval's ends show the order statistics. */
const ranks = (n: number) => Array.from({ length: n }, (_, position) => position + 1);

test.each([
  [20, 6, 15],
  [40, 14, 27],
  [60, 22, 39],
  [100, 40, 61],
])('%i values give order statistics %i and %i', (n, low, high) => {
  expect(medianInterval(ranks(n))).toMatchObject({ low, high, n });
});

test('six values give their range, five give none', () => {
  expect(medianInterval(ranks(6))).toMatchObject({ low: 1, high: 6, confidence: 1 - 2 / 2 ** 6 });
  expect(medianInterval(ranks(5))).toBeUndefined();
});

test('the point lies in the interval, and the order of the values does not matter', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 6, maxLength: 100 });
  fc.assert(
    fc.property(values, (sample) => {
      const interval = medianInterval(sample);
      expect(medianInterval(sample.toReversed())).toEqual(interval);
      if (!interval) throw new Error('there is an interval from six values on');
      expect(interval.low).toBeLessThanOrEqual(interval.point);
      expect(interval.point).toBeLessThanOrEqual(interval.high);
    }),
  );
});

test('0 and -0 are one value', () => {
  const sample = [-0, -0, -0, -0, 0, 0, 0];
  expect(medianInterval(sample)).toEqual(medianInterval(sample.toReversed()));
});

describe('over simulated samples with a known median', () => {
  const TRIALS = 4000;
  const random = randomFor(1, 'coverage');
  const normal = () => normalValue(random, 0, 1);
  const distributions = {
    'a skewed, log-normal one': { draw: () => Math.exp(normal()), median: 1 },
    'a bimodal one': { draw: () => normal() * 0.1 + (random() < 0.5 ? 1 : 3), median: 2 },
    'one with heavy tails': { draw: () => Math.tan(Math.PI * (random() - 0.5)), median: 0 },
  };
  const cases = Object.entries(distributions).flatMap(([name, distribution]) =>
    [20, 40, 60, 100].map((n) => ({ name, n, ...distribution })),
  );

  test.each(cases)('$n values of $name cover the median at the stated rate', ({ n, draw, median }) => {
    let covered = 0;
    let stated = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const interval = medianInterval(Array.from({ length: n }, draw));
      if (!interval) throw new Error('there is an interval from six values on');
      stated = interval.confidence;
      if (interval.low <= median && median <= interval.high) covered++;
    }
    const standardError = Math.sqrt((stated * (1 - stated)) / TRIALS);
    expect(Math.abs(covered / TRIALS - stated)).toBeLessThan(4 * standardError);
    expect(stated).toBeGreaterThanOrEqual(0.95);
  });
});
