import { dirname } from 'node:path';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { MeasuredWrite } from '../bench/model/item-result.ts';
import type { Result } from '../bench/model/result.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { storedResult } from './fixtures/stored-result.ts';

const own = ownDirectories();
const SUITE = ['--suite', 'tests/fixtures/schemas-suite', '--budget', '2'];

/** What `run --keep` printed: the databases with the command that opens a session, and how to stop the server. */
interface Kept {
  ask: (database: string, sql: string) => Promise<string>;
  stop: () => Promise<unknown>;
}

/** As psql does it, with the printed file of passwords. */
function keptBy(printed: string): Kept {
  const [, passfile = ''] = /PGPASSFILE=(\S+)/.exec(printed) ?? [];
  const ask = async (database: string, sql: string): Promise<string> => {
    const [url = ''] = new RegExp(`postgres://\\S+_${database}\\b`).exec(printed) ?? [];
    vi.stubEnv('PGPASSFILE', passfile);
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' });
    await client.end();
    vi.unstubAllEnvs();
    return String(rows[0]?.[0]);
  };
  return { ask, stop: () => run(['stop', dirname(passfile)], capturedIo()) };
}

const writeOf = ({ writes }: Result, id: string): MeasuredWrite => {
  const write = writes.find((one) => one.id === id);
  if (write?.state !== 'measured') throw new Error(`${id} was not measured`);
  return write;
};

test('figures of tables in other schemas and of partitions are those that PostgreSQL gives for the arms', async () => {
  const io = capturedIo();
  expect(await run(['run', ...SUITE, '--keep', '--out', own.out], io)).toBe(ExitCode.done);
  const kept = keptBy(io.out() + io.err());
  try {
    const result = await storedResult(own.out);
    expect(result.run.baselines).toEqual(['shipped']);
    expect(result.warnings.map(({ code }) => code)).toContain('not-on-baseline');
    for (const arm of ['before', 'after'] as const) {
      const sum = (size: string): string =>
        `SELECT ${size}('sales.orders_old') + ${size}('sales.orders_new')`;
      const orders = result.storage.find(({ table }) => table === 'sales.orders');
      expect(String(orders?.[arm].tableBytes)).toBe(await kept.ask(`shipped_${arm}`, sum('pg_table_size')));
      expect(String(orders?.[arm].indexBytes)).toBe(await kept.ask(`shipped_${arm}`, sum('pg_indexes_size')));
      const customers = result.storage.find(({ table }) => table === '"Customer"');
      const bytes = `SELECT pg_indexes_size('"Customer"')`;
      expect(String(customers?.[arm].indexBytes)).toBe(await kept.ask(`shipped_${arm}`, bytes));
    }
    expect(result.storage.find(({ table }) => table === 'sales.orders')?.partitions).toHaveLength(2);
    const valid = `SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid IN ('sales.orders_customer'::regclass, '"Customer_name_id"'::regclass)`;
    expect(await kept.ask('shipped_after', valid)).toBe('true');
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
