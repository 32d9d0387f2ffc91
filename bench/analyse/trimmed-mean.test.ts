import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalDraws } from '../../tests/fixtures/simulated.ts';
import { intervalOf, plainMean, pValueOf, trimmedMean } from './trimmed-mean.ts';

const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 50 });

test('the fifths at both ends do not move it', () => {
  const mean = trimmedMean([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(mean).toMatchObject({ point: 5.5, df: 5 });
  expect(trimmedMean([-1000, -500, 3, 4, 5, 6, 7, 8, 900, 1e6])).toEqual(mean);
  expect(trimmedMean([2, 2, 2, 8, 8, 8]).point).toBe(5);
});

/** Winsorised: 3 3 3 4 5 6 7 8 8 8, with a sum of squares of 42.5. */
test('its error is that of Tukey and McLaughlin', () => {
  expect(trimmedMean([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).error).toBeCloseTo(Math.sqrt(42.5 / (6 * 5)), 12);
});

test.each([
  ['trimmed', trimmedMean],
  ['plain', plainMean],
])('the interval of a %s mean changes its sign only, where all values do', (_, meanOf) => {
  fc.assert(
    fc.property(values, (drawn) => {
      const there = intervalOf(meanOf(drawn), 0.95);
      const back = intervalOf(meanOf(drawn.map((value) => -value)), 0.95);
      expect(back.low).toBeCloseTo(-there.high, 9);
      expect(back.high).toBeCloseTo(-there.low, 9);
    }),
  );
});

test('without scatter a difference is decided', () => {
  expect(pValueOf(trimmedMean(new Array<number>(6).fill(0)))).toBe(1);
  expect(pValueOf(trimmedMean(new Array<number>(6).fill(0.1)))).toBeLessThan(1e-9);
});

/** If intervals miss in 1 of 20 samples, 37 or more of 400 miss in fewer than 1 of 1,000 such tests. */
test.each([
  ['trimmed', trimmedMean],
  ['plain', plainMean],
])('the interval of a %s mean misses the true value no more often than stated', (name, meanOf) => {
  const normal = normalDraws(`${name} means`);
  const missed = Array.from({ length: 400 }, () => {
    const { low, high } = intervalOf(meanOf(Array.from({ length: 10 }, normal)), 0.95);
    return low > 0 || high < 0;
  });
  expect(missed.filter(Boolean).length).toBeLessThanOrEqual(36);
});
