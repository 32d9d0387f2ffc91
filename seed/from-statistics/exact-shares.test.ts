import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Choice } from './choice.ts';
import { Permutation } from './permutation.ts';
import { physicalOrder } from './physical-order.ts';
import { tiedCorrelation } from './tied-correlation.ts';

const upTo = (size: number): number[] => Array.from({ length: size }, (_, at) => at);
const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);
const size = fc.integer({ min: 1, max: 3000 });
const key = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('a permutation has each number once', () => {
  fc.assert(
    fc.property(size, key, (rows, seed) => {
      const permutation = new Permutation(rows, seed);
      expect(sorted(upTo(rows).map((place) => permutation.at(place)))).toEqual(upTo(rows));
    }),
  );
});

test('a choice has exactly so many places, numbered in their order, whatever was asked for before', () => {
  fc.assert(
    fc.property(size, fc.double({ min: 0, max: 1, noNaN: true }), key, (rows, share, seed) => {
      const count = Math.round(rows * share);
      const choice = new Choice(rows, count, seed);
      const found = upTo(rows).map((place) => choice.at(place));
      expect(found.filter((nth) => nth >= 0)).toEqual(upTo(count));
      expect(found.filter((nth) => nth < 0).map((nth) => -1 - nth)).toEqual(upTo(rows - count));
      const other = new Choice(rows, count, seed);
      expect(
        upTo(rows)
          .reverse()
          .map((place) => other.at(place)),
      ).toEqual(found.toReversed());
    }),
  );
});

test('an order has each rank once, and the correlation that is wanted', () => {
  const wanted = fc.double({ min: -0.8, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 3000 }), wanted, key, (rows, correlation, seed) => {
      const runs = [{ rows, values: rows }];
      const order = physicalOrder(runs, rows, correlation, seed);
      expect(sorted(upTo(rows).map(order))).toEqual(upTo(rows));
      expect(Math.abs(tiedCorrelation(runs, rows)(order) - correlation)).toBeLessThan(0.1);
    }),
  );
});
