import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { enableLogInspection, enableStatementStatistics, withOwnDatabase } from '../database/own-database.ts';
import { RELATIONS } from '../database/relations.fixture.ts';
import { databaseName } from '../database/server.ts';
import { outline } from '../model/plan.ts';
import { planOf } from './explain.ts';
import { indexesUsedBy, watchTable } from './table-activity.ts';
import { watchLog } from './wal.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  await connected(async (session) => {
    await session.query(RELATIONS);
    await session.query('VACUUM (FREEZE, ANALYZE)');
  });
});
afterAll(() => database.drop());

const connected = <T>(use: (session: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, never, use);

const planText = async (session: Connection, sql: string): Promise<string> =>
  outline((await planOf(session, { sql, parameters: [] })).tree);

test('partitions that are read in the same way are one node, under the name of the whole', () =>
  connected(async (session) => {
    await session.query('SET enable_seqscan = off; SET enable_bitmapscan = off');
    const sql = "SELECT id FROM sales.orders WHERE note = 'x'";
    const { indexes } = await planOf(session, { sql, parameters: [] });
    expect(indexes).toContain('sales.orders_note');
    await session.query('DROP INDEX sales.orders_new_alone');
    expect(await planText(session, sql)).toBe('Append <- Index Scan of sales.orders_note (2 partitions)');
  }));

test('one partition alone goes by the name of the whole', () =>
  connected(async (session) => {
    await session.query('SET enable_indexscan = off; SET enable_bitmapscan = off');
    const sql = 'SELECT count(note) FROM sales.orders WHERE day = 3';
    expect(await planText(session, sql)).toBe('Aggregate <- Seq Scan of sales.orders');
  }));

test('the index of a bitmap is named with the schema of its table', () =>
  connected(async (session) => {
    await session.query('SET enable_seqscan = off; SET enable_indexscan = off');
    const sql = `SELECT * FROM sales."Odd ""one" WHERE note = 'x'`;
    expect(await planText(session, sql)).toBe(
      'Bitmap Heap Scan of sales."Odd ""one" <- Bitmap Index Scan of sales."Odd index"',
    );
  }));

test('updates and index scans of partitions count for the whole', () =>
  connected(async (session) => {
    await session.query('SET enable_seqscan = off');
    const activityOf = await watchTable(session, 'sales.orders');
    await session.query('UPDATE sales.orders SET day = day WHERE id IN (1, 150)');
    const { updates, scans, indexGrowthBytes } = await activityOf();
    expect(updates.updates).toBe(2);
    expect(scans).toEqual([{ index: 'sales.orders_pkey', scans: expect.any(Number) as number }]);
    expect(indexGrowthBytes).toBeGreaterThanOrEqual(0);
    const used = await indexesUsedBy(session, () =>
      session.query('SELECT FROM sales.orders WHERE id = 1 AND day = 1'),
    );
    expect(used).toEqual(['sales.orders_pkey']);
  }));

test('WAL records of a partitioned index are the sum of its partitions', () => {
  const site = testSite();
  return withOwnDatabase(site, databaseName(site.server, 'observer'), (connection) =>
    connected(async (session) => {
      await enableStatementStatistics(connection);
      const log = await enableLogInspection(connection);
      const traffic = await watchLog({ connection, readsStatementTimes: true, log, evicts: false }, session);
      await session.query(
        "INSERT INTO sales.orders VALUES (9001, 1, 'a'), (9002, 101, 'b'), (9003, 102, 'c')",
      );
      const { perIndex } = await traffic();
      expect(perIndex).toEqual([
        { index: 'sales.orders_note', records: 3 },
        { index: 'sales.orders_pkey', records: 3 },
      ]);
    }),
  );
});
