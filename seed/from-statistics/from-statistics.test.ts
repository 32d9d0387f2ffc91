import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { likenessOf } from '../../bench/analyse/likeness.ts';
import { withConnection, type Connection } from '../../bench/database/connection.ts';
import type { Snapshot } from '../../bench/model/snapshot.ts';
import { snapshotOf } from '../../tests/fixtures/snapshot-of.ts';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { copyText, copyStatement } from '../copy-stream.ts';
import { copyLine } from '../copy-text.ts';
import { loadTables } from '../load.ts';
import { randomFor } from '../random.ts';
import { rowCounts } from '../row-counts.ts';
import { fromStatistics, notAsInSource } from './from-statistics.ts';

const SEED = 7;
const never = new AbortController().signal;
let source: Snapshot;

async function inFresh<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
  const database = await freshDatabase();
  try {
    return await withConnection(database.login, never, use);
  } finally {
    await database.drop();
  }
}

/** Rebuilds the source at a scale, all keys and checks included. */
const rebuilt = <T>(scale: number, use: (connection: Connection) => Promise<T>): Promise<T> =>
  inFresh(async (connection) => {
    await connection.query(source.schema.beforeRows);
    await loadTables([connection], { tables: fromStatistics(source), scale, seed: SEED, signal: never });
    await connection.query(source.schema.afterRows);
    await connection.query('ANALYZE');
    return use(connection);
  });

beforeAll(async () => {
  const sql = await readFile(join(import.meta.dirname, 'kinds.fixture.sql'), 'utf8');
  source = await inFresh(async (connection) => {
    await connection.query(sql);
    return snapshotOf(connection);
  });
});

test('a database made from statistics has nearly the same statistics', async () => {
  const { columns, fanOuts } = likenessOf(source, {
    ...(await rebuilt(1, (connection) => snapshotOf(connection))),
    plans: [],
  });
  const unlike = columns.filter(({ isWithin }) => !isWithin);
  expect(columns.length).toBeGreaterThan(40);
  // The order of what is drawn by rows of several columns, or given out anew, is not the source's; a sum has its terms' values.
  expect(unlike.map(({ table, column }) => `${table}.${column}`)).toEqual([
    'articles.total',
    'likes.number',
    'staff.boss',
    'users.number',
    'users.boss_tenant',
    'users.boss',
  ]);
  expect(fanOuts.filter(({ isWithin }) => !isWithin).map(({ table, columns: of }) => [table, of])).toEqual([
    ['staff', ['tenant', 'boss']],
  ]);
});

test.each([0.3, 3])('at scale %d all keys and checks hold', async (scale) => {
  const { rowsOf } = rowCounts(fromStatistics(source), scale);
  await rebuilt(scale, async (connection) => {
    const { rows } = await connection.query<{ likes: string }>('SELECT count(*) AS likes FROM public.likes');
    expect(Number(rows[0]?.likes)).toBe(rowsOf('likes'));
  });
});

test('rows that are inserted later are acceptable, too', async () => {
  await rebuilt(1, async (connection) => {
    const tables = fromStatistics(source);
    const { rowsOf } = rowCounts(tables, 1);
    expect(tables.map(({ name }) => name)).toEqual([
      'articles',
      'tenants',
      'users',
      'likes',
      'profiles',
      'staff',
    ]);
    for (const { name, columns, row } of tables) {
      const rows = rowsOf(name);
      const context = { rows, rowsOf, seed: SEED, random: randomFor(1, 'later') };
      const later = Array.from({ length: 40 }, (_, nth) => copyLine(row(context, rows + nth))).join('');
      await copyText(connection, copyStatement(name, columns), later);
    }
  });
});

test('what cannot be as in the source is named', () => {
  expect(notAsInSource(source).map(({ object }) => object)).toEqual([
    'what columns have to do with each other',
    'foreign key (tenant, boss) of staff',
  ]);
});
