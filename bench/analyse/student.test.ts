import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bothTails, quantile } from './student.ts';

test.each([
  [0.95, 1, 12.7062],
  [0.95, 9, 2.2622],
  [0.99, 9, 3.2498],
  [0.95, 49, 2.0096],
])('with %d confidence and %d degrees of freedom, t is %d as in the tables', (confidence, df, t) => {
  expect(quantile(confidence, df)).toBeCloseTo(t, 4);
});

test('the tails of one degree of freedom are those of Cauchy', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (t) => {
      expect(bothTails(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 9);
    }),
  );
});

test('a quantile has the tails that it was asked for, and no tail is larger farther out', () => {
  const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(confidence, fc.integer({ min: 1, max: 100 }), (asked, df) => {
      const t = quantile(asked, df);
      expect(bothTails(t, df)).toBeCloseTo(1 - asked, 9);
      expect(bothTails(t * 1.01, df)).toBeLessThan(bothTails(t, df));
    }),
  );
});
