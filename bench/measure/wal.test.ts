import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { databaseName } from '../database/server.ts';
import { enableLogInspection, withOwnDatabase, enableStatementStatistics } from '../database/own-database.ts';
import type { WalCounters } from '../model/counters.ts';
import { freshDatabase, testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { watchLog } from './wal.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** What one INSERT writes, after `prepare`. */
async function insertAfter(
  prepare: (session: Connection) => Promise<unknown>,
  statement = 'INSERT INTO t VALUES (1)',
): Promise<WalCounters> {
  const site = testSite();
  return withOwnDatabase(site, databaseName(site.server, 'observer'), (connection) =>
    withConnection(database.login, never, async (session) => {
      await enableStatementStatistics(connection);
      const log = await enableLogInspection(connection);
      await prepare(session);
      const traffic = await watchLog({ connection, readsStatementTimes: true, log, evicts: false }, session);
      await session.query(statement);
      return (await traffic()).wal;
    }),
  );
}

beforeEach(() =>
  withConnection(database.login, never, (other) =>
    other.query('DROP TABLE IF EXISTS t, unread; CREATE TABLE t (i int)'),
  ),
);

test('unflushed WAL of an earlier read is not counted as images of a write', async () => {
  const wal = await insertAfter(async (session) => {
    await session.query('CREATE TABLE unread AS SELECT i FROM generate_series(1, 50000) AS i');
    await session.query('SELECT FROM t');
    await session.query('CHECKPOINT');
    await session.query('SELECT count(*) FROM unread');
  });
  expect(wal.records).toBeGreaterThan(0);
  expect(wal.bytesWithoutImages).toBeGreaterThan(0);
});

test('catalog pages that are logged while a statement is parsed are not counted as its images', async () => {
  const wal = await insertAfter((session) => session.query('CHECKPOINT'));
  expect(wal.records).toBeGreaterThan(0);
  expect(wal.bytesWithoutImages).toBeGreaterThan(0);
});

test.each(['UPDATE t SET i = 1 WHERE false', 'INSERT INTO t SELECT 1 WHERE false', 'SELECT FROM t'])(
  'a statement that writes nothing has no records: %s',
  async (statement) => {
    const wal = await insertAfter((session) => session.query('CHECKPOINT'), statement);
    expect(wal).toMatchObject({ records: 0, bytes: 0, bytesWithoutImages: 0 });
  },
);
