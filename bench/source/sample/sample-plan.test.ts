import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ForeignKey } from './foreign-keys.ts';
import { planSample } from './sample-plan.ts';

const MB = 1e6;

const key = (table: string, refersTo: string): ForeignKey => ({
  name: `${table}_${refersTo}`,
  table,
  columns: [`${refersTo}_id`],
  refersTo,
  referredColumns: ['id'],
});

const tables = [
  { name: 'countries', bytes: 0.1 * MB },
  { name: 'customers', bytes: 100 * MB },
  { name: 'orders', bytes: 1000 * MB },
  { name: 'lines', bytes: 5000 * MB },
];

test('tables that fit are copied whole, with every key, in circles too', () => {
  const plan = planSample(tables, [key('customers', 'orders'), key('orders', 'customers')], 10_000 * MB);
  expect(plan).toMatchObject({ share: 1, leftOut: [] });
  expect([...plan.drawings.values()]).toEqual(tables.map(() => ({ state: 'whole' })));
});

test('small tables are copied whole, and rows of large ones are drawn with what they refer to', () => {
  const keys = [key('orders', 'customers'), key('lines', 'orders'), key('customers', 'countries')];
  const { share, drawings } = planSample(tables, keys, 600 * MB);
  expect(drawings.get('countries')).toEqual({ state: 'whole' });
  expect(drawings.get('customers')).toEqual({ state: 'whole' });
  expect(drawings.get('orders')).toEqual({ state: 'by place' });
  expect(drawings.get('lines')).toEqual({ state: 'with', key: keys[1] });
  expect(share).toBeCloseTo((0.8 * (600 - 100.1)) / 6000);
});

test('a key that closes a circle is left out', () => {
  const keys = [key('orders', 'customers'), key('customers', 'orders'), key('lines', 'lines')];
  expect(planSample(tables, keys, 600 * MB).leftOut).toEqual([keys[1], keys[2]]);
});

test('no key that is kept leads back to where it began, whatever the keys are', () => {
  const names = tables.map(({ name }) => name);
  const anyKey = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...names))
    .map(([from, to]) => key(from, to));
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 12 }), (keys) => {
      const { keys: kept, leftOut } = planSample(tables, keys, 600 * MB);
      const reaches = (from: string): string[] =>
        kept
          .filter(({ table }) => table === from)
          .flatMap(({ refersTo }) => [refersTo, ...reaches(refersTo)]);
      for (const name of names) expect(reaches(name)).not.toContain(name);
      expect(kept.length + leftOut.length).toBe(keys.length);
    }),
  );
});
