import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomFor } from '../../seed/random.ts';
import { firstArms, openingOrder } from './arm-order.ts';

function firsts(seed: number, count: number): string[] {
  const order = firstArms(randomFor(seed, 'schedule'));
  return Array.from({ length: count }, () => order.next().value);
}

test('every two pairs give both arms both positions', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, couples) => {
      const arms = firsts(seed, couples * 2);
      for (let couple = 0; couple < couples; couple++)
        expect(new Set(arms.slice(couple * 2, couple * 2 + 2))).toEqual(new Set(['before', 'after']));
    }),
  );
});

test('the same seed gives the same order, and both orders of a couple occur', () => {
  expect(firsts(7, 40)).toEqual(firsts(7, 40));
  const couples = new Set(Array.from({ length: 20 }, (_, couple) => firsts(7, 40)[couple * 2]));
  expect(couples).toEqual(new Set(['before', 'after']));
});

test('sessions of both arms are opened pair by pair, and either arm comes first as often in two pairs', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 10 }), (seed, twos) => {
      const opened = openingOrder(randomFor(seed, 'sessions'), 2 * twos);
      for (let first = 0; first < opened.length; first += 4) {
        const four = opened.slice(first, first + 4).join(' ');
        expect(['before after after before', 'after before before after']).toContain(four);
      }
      expect(opened).toHaveLength(4 * twos);
    }),
  );
});

test('which arm comes first changes from round to round', () => {
  const firsts = Array.from(
    { length: 40 },
    (_, round) => openingOrder(randomFor(42, `round ${round}`), 2)[0],
  );
  expect(new Set(firsts).size).toBe(2);
});
