import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integer, skewedRank, weighted } from './distributions.ts';
import { randomFor } from './random.ts';

test('the same seed and purpose give the same numbers, a change of either gives others', () => {
  const first = (seed: number, purpose: string) => Array.from({ length: 5 }, randomFor(seed, purpose));
  fc.assert(
    fc.property(fc.nat(), fc.string(), (seed, purpose) => {
      expect(first(seed, purpose)).toEqual(first(seed, purpose));
      expect(first(seed + 1, purpose)).not.toEqual(first(seed, purpose));
      expect(first(seed, `${purpose}.`)).not.toEqual(first(seed, purpose));
    }),
  );
});

test('random numbers lie in [0, 1) and spread evenly over it', () => {
  const random = randomFor(3, 'spread');
  const tenths = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 100_000; draw++) {
    const tenth = Math.floor(random() * 10);
    tenths[tenth] = (tenths[tenth] ?? NaN) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('ranks stay in their range and fall off', () => {
  const random = randomFor(4, 'ranks');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (n) => {
      const rank = skewedRank(random, n);
      expect(Number.isInteger(rank) && rank >= 0 && rank < n).toBe(true);
    }),
  );
  const draws = Array.from({ length: 20_000 }, () => skewedRank(random, 1000));
  const share = draws.filter((rank) => rank < 10).length / draws.length;
  expect(share).toBeCloseTo(0.01 ** 0.3, 1);
});

test('whole numbers reach both ends, and a weight of 0 is never drawn', () => {
  const random = randomFor(5, 'ends');
  const drawn = new Set(Array.from({ length: 500 }, () => integer(random, 1, 3)));
  expect(drawn).toEqual(new Set([1, 2, 3]));
  const names = new Set(
    Array.from({ length: 500 }, () => weighted(random, { never: 0, often: 9, seldom: 1 })),
  );
  expect(names).toEqual(new Set(['often', 'seldom']));
});
