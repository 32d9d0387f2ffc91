import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankSumTest } from './rank-sum.ts';

test.each([
  [[1, 2, 3], [4, 5, 6], 0.1],
  [[1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14], 2 / 3432],
  [[1, 3], [2, 4], 2 / 3],
  [[5], [5], 1],
])('%j against %j has p = %d', (first, second, p) => {
  expect(rankSumTest(first, second)).toBeCloseTo(p, 12);
});

const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });

test('which sample comes first does not matter', () => {
  fc.assert(
    fc.property(values, values, (first, second) => {
      expect(rankSumTest(second, first)).toBe(rankSumTest(first, second));
    }),
  );
});

test('a p-value lies above 0 and at most at 1', () => {
  fc.assert(
    fc.property(values, values, (first, second) => {
      const p = rankSumTest(first, second);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
    }),
  );
});
