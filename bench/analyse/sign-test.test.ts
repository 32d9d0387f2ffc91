import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm, signTest } from './sign-test.ts';

const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

test('twenty differences of one sign are as unlikely as twenty equal coin tosses', () => {
  expect(signTest(new Array<number>(20).fill(0.3))).toBeCloseTo(2 / 2 ** 20, 12);
});

test('ties carry no sign', () => {
  expect(signTest([0, 0, 0])).toBe(1);
  expect(signTest([1, 1, 0, -1])).toBe(signTest([1, 1, -1]));
});

test('swapping the arms changes no p-value', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), (differences) => {
      expect(signTest(differences.map((difference) => -difference))).toBe(signTest(differences));
    }),
  );
});

test('the adjustment multiplies the smallest p-value by the number of tests and keeps the order', () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  fc.assert(
    fc.property(probabilities, (pValues) => {
      const adjusted = holm(pValues);
      pValues.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        pValues.forEach((q, j) => {
          if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? NaN);
        });
      });
    }),
  );
});
