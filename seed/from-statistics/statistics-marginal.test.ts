import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../bench/model/dataset.ts';
import { statisticsMarginal, UNKNOWN } from './statistics-marginal.ts';
import { kindOf } from './values/kind-of.ts';
import { decimals, numbered } from './values/numbers.ts';
import { textBetween } from './values/text-between.ts';

const LOCALE = { encoding: 'UTF8', provider: 'libc', collate: 'C', ctype: 'C' } as const;

const integers = numbered(decimals([]));

const valuesOf = ({ size, at }: { size: number; at: (rank: number) => Cell }): number[] =>
  Array.from({ length: size }, (_, rank) => Number(at(rank)));

test('the most common values have their shares exactly, and there are as many others as the statistics count', () => {
  const statistics = {
    ...UNKNOWN,
    distinct: 42,
    mostCommon: [
      { value: '7', share: 0.3 },
      { value: '5000', share: 0.2 },
    ],
    bounds: ['0', '100', '9000'],
  };
  const facts = { rows: 1000, size: 900, sourceRows: 1000, isUnique: false };
  const values = valuesOf(statisticsMarginal(integers, statistics, facts));
  expect(values.filter((value) => value === 7)).toHaveLength(300);
  expect(values.filter((value) => value === 5000)).toHaveLength(200);
  expect(new Set(values).size).toBe(42);
  const others = values.filter((value) => value !== 7 && value !== 5000);
  expect(others).toEqual(others.toSorted((a, b) => a - b));
  expect([others[0], others.at(-1)]).toEqual([0, 9000]);
});

test.each([
  ['smallint', 32_767],
  ['numeric(4,1)', 999],
])('values that are made up fit into %s', (type, most) => {
  const kind = kindOf({ name: 'level', type, isNotNull: true }, [], LOCALE, 1);
  const facts = { rows: 40_000, size: 40_000, sourceRows: 40_000, isUnique: false };
  const values = valuesOf(statisticsMarginal(kind, UNKNOWN, facts));
  expect(Math.max(...values)).toBe(most);
});

test('a key has a value of its own for each row, at any scale, and others for rows that come later', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 3, maxLength: 101 });
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 20_000 }), (some, rows) => {
      const bounds = some.toSorted((a, b) => a - b).map(String);
      const facts = { rows, size: rows, sourceRows: 1000, isUnique: true };
      const { at, size, unused } = statisticsMarginal(integers, { ...UNKNOWN, bounds }, facts);
      const later = Array.from({ length: 50 }, (_, nth) => Number(unused(nth)));
      expect(new Set([...valuesOf({ at, size }), ...later]).size).toBe(rows + 50);
    }),
  );
});

test('texts lie between their bounds, each in the shape of the lower one', () => {
  const text = fc.stringMatching(/^[A-Z][a-z]{3,9}@[a-z]{2}\.org$/);
  fc.assert(
    fc.property(text, text, fc.integer({ min: 2, max: 500 }), (one, other, parts) => {
      fc.pre(one !== other);
      const [low, high] = one < other ? [one, other] : [other, one];
      const at = textBetween(low, high, parts, { longest: low.length, isBytewise: true });
      const made = Array.from({ length: parts + 1 }, (_, part) => at(part));
      expect(made).toEqual(made.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(made[0]).toBe(low);
      expect(made[parts]).toBe(high);
      for (const value of made.slice(0, -1))
        expect(value.replace(/[a-z]/g, 'a')).toBe(low.replace(/[a-z]/g, 'a').replace(/^./, value.charAt(0)));
    }),
  );
});
