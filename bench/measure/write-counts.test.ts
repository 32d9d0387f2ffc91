import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { cloneDatabase, createDatabase, dropDatabase } from '../database/databases.ts';
import { enableLogInspection, withOwnDatabase, enableStatementStatistics } from '../database/own-database.ts';
import { pendingRows } from '../database/pending-lists.ts';
import type { Site } from '../database/server.ts';
import { startServer } from '../../tests/fixtures/test-server.fixture.ts';
import type { PerArm } from '../model/arm.ts';
import type { WriteCounters } from '../model/counters.ts';
import type { WriteItem } from '../model/work-item.ts';
import { onOneServer, type Observer } from './observer.ts';
import { countWrites } from './write-counts.ts';
import { writeSupply } from './write-supply.ts';

const never = new AbortController().signal;
let site: Site;
let stop: () => Promise<void>;
const on = <T>(database: string, use: (session: Connection) => Promise<T>): Promise<T> =>
  withConnection(site.server.owner(database), never, use);

beforeAll(async () => {
  const started = await startServer();
  stop = started.stop;
  site = { server: started.server, signal: never };
  await createDatabase(site, 'template');
  await on('template', async (session) => {
    await session.query('CREATE TABLE t (id int PRIMARY KEY, a int, b int) WITH (fillfactor = 50)');
    await session.query('INSERT INTO t SELECT i, i, i FROM generate_series(1, 1000) AS i');
    await session.query('VACUUM (FREEZE, ANALYZE) t');
  });
});
afterAll(() => stop());

const item = (operation: 'INSERT' | 'UPDATE'): WriteItem => ({
  kind: 'write',
  id: 'w',
  title: 'w',
  workload: 'headline',
  weight: 1,
  table: 't',
  operation,
  ...(operation === 'INSERT'
    ? { sql: 'INSERT INTO t VALUES ($1, $1, $1)', draw: ({ ordinal }) => [10_000 + ordinal] }
    : {
        sql: 'UPDATE t SET a = $2 WHERE id = $1',
        targets: 'SELECT id FROM t ORDER BY id',
        draw: ({ target, ordinal }) => [target, ordinal],
      }),
});

/** Counts on two fresh copies; `change` alters the second. */
async function count(operation: 'INSERT' | 'UPDATE', change: string): Promise<PerArm<WriteCounters>> {
  return withOwnDatabase(site, 'observer', async (connection) => {
    await enableStatementStatistics(connection);
    const log = await enableLogInspection(connection);
    const observer: Observer = {
      connection,
      readsStatementTimes: true,
      log,
      evicts: false,
      pendingRows: (database, index) =>
        withConnection(site.server.admin(database), never, (admin) => pendingRows(admin, index)),
    };
    try {
      for (const copy of ['before', 'after']) await cloneDatabase(site, 'template', copy);
      await on('after', (session) => session.query(change));
      return await on('before', (first) =>
        on('after', async (second) => {
          const context = { random: () => 0, rowsOf: () => 0, sendCopy: () => Promise.resolve() };
          const targets = Array.from({ length: 1000 }, (_, id) => id + 1);
          const supply = writeSupply(item(operation), targets, context);
          const counters = await countWrites(
            supply,
            { before: [first], after: [second] },
            onOneServer(observer),
          );
          if (!counters) throw new Error('nothing was counted');
          return counters;
        }),
      );
    } finally {
      for (const copy of ['before', 'after']) await dropDatabase(site, copy);
    }
  });
}

const INDEX = 'CREATE INDEX t_a ON t (a)';

test('each index costs an INSERT one record, and the WAL shows for which index', async () => {
  const { before, after } = await count('INSERT', INDEX);
  const extra = after.steady.records - before.steady.records;
  expect(extra).toBeGreaterThanOrEqual(100);
  expect(after.perIndex.find(({ index }) => index === 't_a')?.records).toBe(extra);
  expect(before.perIndex.map(({ index }) => index)).toEqual(['t_pkey']);
  expect(before.updates).toBeUndefined();
});

test('an index on an updated column prevents every HOT update, and leaves as many dead rows', async () => {
  const { before, after } = await count('UPDATE', INDEX);
  expect(before.updates).toEqual({ updates: 200, hotUpdates: 200 });
  expect(after.updates).toEqual({ updates: 200, hotUpdates: 0 });
  expect(after.deadRows).toBeGreaterThan(0);
  expect(before.scans).toEqual([{ index: 't_pkey', scans: 200 }]);
});

test('what a write leaves in the pending list of a GIN index is counted as a cost that is still to be paid', async () => {
  const GIN = 'CREATE INDEX t_gin ON t USING gin ((ARRAY[a, b]))';
  const { before, after } = await count('INSERT', GIN);
  expect(before.pendingLists).toEqual([]);
  const [list] = after.pendingLists ?? [];
  expect(list).toMatchObject({ index: 't_gin', rows: 200 });
  expect(list?.pages).toBeGreaterThan(0);
  expect(list?.wal.records).toBeGreaterThan(0);
  expect(list?.wal.bytesWithoutImages).toBeGreaterThan(0);
  expect(await count('INSERT', GIN)).toEqual({ before, after });
  const atOnce = await count('INSERT', `${GIN} WITH (fastupdate = off)`);
  expect(atOnce.after.pendingLists).toEqual([]);
  expect(atOnce.after.steady.records).toBeGreaterThan(after.steady.records);
});

test('full-page images are frequent right after a checkpoint, and rare later', async () => {
  const { before } = await count('INSERT', 'SELECT 1');
  expect(before.postCheckpoint.fullPageImages).toBeGreaterThan(before.steady.fullPageImages);
  expect(before.postCheckpoint.bytes).toBeGreaterThan(before.postCheckpoint.bytesWithoutImages ?? Infinity);
});

test('the counts are the same on other fresh copies', async () => {
  for (const operation of ['INSERT', 'UPDATE'] as const) {
    const [first, second] = [await count(operation, INDEX), await count(operation, INDEX)];
    for (const arm of ['before', 'after'] as const) {
      expect(second[arm].steady.records).toBe(first[arm].steady.records);
      expect(second[arm].updates).toEqual(first[arm].updates);
      expect(second[arm].perIndex).toEqual(first[arm].perIndex);
    }
  }
});

/** Runs transactions until this many are left before the next page of the commit log; a page has 32,768. */
const approachCommitLogPage = (left: number): Promise<unknown> =>
  on('postgres', (session) =>
    session.query(`
      DO $$ BEGIN
        WHILE pg_current_xact_id()::text::bigint % 32768 <> ${32_768 - left} LOOP COMMIT; END LOOP;
      END $$`),
  );

test('the counts are the same shortly before a new page of the commit log', async () => {
  const usual = await count('INSERT', INDEX);
  for (const left of [50, 150, 250, 350]) {
    await approachCommitLogPage(left);
    expect(await count('INSERT', INDEX)).toEqual(usual);
  }
});
