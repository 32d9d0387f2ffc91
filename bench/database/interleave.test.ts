import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';

const lists = (): [fc.Arbitrary<number[]>, fc.Arbitrary<number[]>] => [
  fc.array(fc.integer({ min: 0 })),
  fc.array(fc.integer({ max: -1 })),
];

test('each list keeps its order, and nothing is lost', () => {
  fc.assert(
    fc.property(...lists(), (first, second) => {
      const both = interleave(first, second);
      expect(both.filter((value) => value >= 0)).toEqual(first);
      expect(both.filter((value) => value < 0)).toEqual(second);
    }),
  );
});

test('at every place both lists have been passed to the same share, up to one entry of each', () => {
  fc.assert(
    fc.property(...lists(), (first, second) => {
      fc.pre(first.length > 0 && second.length > 0);
      const passed = { first: 0, second: 0 };
      for (const value of interleave(first, second)) {
        if (value >= 0) passed.first += 1;
        else passed.second += 1;
        // In whole numbers: the difference of both shares, times both lengths.
        const apart = Math.abs(passed.first * second.length - passed.second * first.length);
        expect(apart).toBeLessThanOrEqual(Math.max(first.length, second.length));
      }
    }),
  );
});

test('lists of equal length take turns', () => {
  expect(interleave(['a', 'b', 'c'], ['x', 'y', 'z'])).toEqual(['a', 'x', 'b', 'y', 'c', 'z']);
});
