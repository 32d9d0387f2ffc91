import { expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { MeasuredWrite } from '../bench/model/item-result.ts';
import type { Result } from '../bench/model/result.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { keptArms } from './fixtures/kept-arms.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { storedResult } from './fixtures/stored-result.ts';

const own = ownDirectories();
const SUITE = ['--suite', 'tests/fixtures/schemas-suite', '--budget', '2'];

const writeOf = ({ writes }: Result, id: string): MeasuredWrite => {
  const write = writes.find((one) => one.id === id);
  if (write?.state !== 'measured') throw new Error(`${id} was not measured`);
  return write;
};

test('figures of tables in other schemas and of partitions are those that PostgreSQL gives for the arms', async () => {
  const io = capturedIo();
  expect(await run(['run', ...SUITE, '--keep', '--out', own.out], io)).toBe(ExitCode.done);
  const kept = await keptArms(io.out());
  try {
    const result = await storedResult(own.out);
    expect(result.run.baselines).toEqual(['shipped']);
    expect(result.warnings.map(({ code }) => code)).toContain('not-on-baseline');
    const figure = async (arm: string, sql: string): Promise<unknown> =>
      (await kept.ask<{ figure: string }>(arm, `SELECT ${sql} AS figure`))[0]?.figure;
    for (const arm of ['before', 'after'] as const) {
      const bytes = async (sql: string): Promise<number> => Number(await figure(`shipped_${arm}`, sql));
      const sum = (size: string): string => `${size}('sales.orders_old') + ${size}('sales.orders_new')`;
      const orders = result.storage.find(({ table }) => table === 'sales.orders');
      expect(orders?.[arm].tableBytes).toBe(await bytes(sum('pg_table_size')));
      expect(orders?.[arm].indexBytes).toBe(await bytes(sum('pg_indexes_size')));
      const customers = result.storage.find(({ table }) => table === '"Customer"');
      expect(customers?.[arm].indexBytes).toBe(await bytes(`pg_indexes_size('"Customer"')`));
    }
    expect(result.storage.find(({ table }) => table === 'sales.orders')?.partitions).toHaveLength(2);
    const valid = `(SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid IN ('sales.orders_customer'::regclass, '"Customer_name_id"'::regclass))`;
    expect(await figure('shipped_after', valid)).toBe(true);
  } finally {
    await kept.stop();
  }
});

test('what an index in another schema changes is found: plans, HOT updates, WAL', async () => {
  const io = capturedIo();
  expect(await run(['run', ...SUITE, '--baseline', 'shipped', '--out', own.out], io)).toBe(ExitCode.done);
  const result = await storedResult(own.out);
  expect(result.candidate.indexes.map(({ name, isValid }) => ({ name, isValid }))).toEqual([
    { name: 'sales.orders_customer', isValid: true },
    { name: '"Customer_name_id"', isValid: true },
  ]);
  expect(result.candidate.dropped?.map(({ name }) => name)).toEqual(['sales.orders_day']);
  const plans = result.reads.map((read) => (read.state === 'measured' ? read.plans.after.indexes : []));
  expect(plans).toEqual([['sales.orders_customer'], ['"Customer_name_id"']]);

  const hotShare = (id: string, arm: 'before' | 'after'): number => {
    const updates = writeOf(result, id).counters?.[arm].updates;
    return (updates?.hotUpdates ?? NaN) / (updates?.updates ?? NaN);
  };
  expect(hotShare('pay', 'after')).toBeGreaterThan(0.5);
  expect(hotShare('move', 'before')).toBeGreaterThan(0.5);
  expect(hotShare('move', 'after')).toBe(0);
  const indexes = writeOf(result, 'move').counters?.after.perIndex.map(({ index }) => index);
  expect(indexes).toContain('sales.orders_customer');
});
