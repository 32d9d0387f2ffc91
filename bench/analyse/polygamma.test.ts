import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digamma, inverseTrigamma, trigamma } from './polygamma.ts';

const EULER = 0.577_215_664_901_532_9;

test('known values', () => {
  expect(digamma(1)).toBeCloseTo(-EULER, 10);
  expect(digamma(0.5)).toBeCloseTo(-EULER - 2 * Math.log(2), 10);
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 10);
  expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 10);
});

test('trigamma is the slope of digamma, and its inverse leads back', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 200, noNaN: true }), (x) => {
      const step = 1e-4 * x;
      const slope = (digamma(x + step) - digamma(x - step)) / (2 * step);
      expect(slope / trigamma(x)).toBeCloseTo(1, 5);
      expect(inverseTrigamma(trigamma(x)) / x).toBeCloseTo(1, 6);
    }),
  );
});
