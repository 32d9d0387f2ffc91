import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { leadOfRank, skewedLead } from './lead-key.ts';

test('every rank is a different lead, however many there are', () => {
  const anyCount = fc.oneof(
    fc.integer({ min: 600, max: 20_000 }),
    fc.constantFrom(7907, 7919, 2 * 7907, 2 * 7919),
  );
  fc.assert(
    fc.property(anyCount, (leads) => {
      const ids = new Set(Array.from({ length: leads }, (_, rank) => leadOfRank(rank, leads)));
      expect(ids.size).toBe(leads);
      expect(ids.has(1) && ids.has(leads)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('one lead in twenty is never drawn as a parent', () => {
  const context = { rows: 1, rowsOf: () => 600, random: randomFor(1, 'parents') };
  const drawn = new Set(Array.from({ length: 50_000 }, () => skewedLead(context)));
  expect([...drawn].filter((id) => id % 20 === 7)).toEqual([]);
  expect(drawn.size).toBe(570);
});
