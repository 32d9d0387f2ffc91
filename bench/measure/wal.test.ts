import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection } from '../database/connection.ts';
import { databaseName } from '../database/server.ts';
import { enableLogInspection, withOwnDatabase, enableStatementStatistics } from '../database/own-database.ts';
import { freshDatabase, testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { watchLog } from './wal.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('unflushed WAL of an earlier read is not counted as images of a write', async () => {
  const site = testSite();
  await withOwnDatabase(site, databaseName(site.server, 'observer'), (connection) =>
    withConnection(database.login, never, async (session) => {
      await enableStatementStatistics(connection);
      const observer = {
        connection,
        readsStatementTimes: true,
        log: await enableLogInspection(connection),
      };
      await session.query('CREATE TABLE unread AS SELECT i FROM generate_series(1, 50000) AS i');
      await session.query('CREATE TABLE t (i int)');
      await session.query('CHECKPOINT');
      await session.query('SELECT count(*) FROM unread');
      const traffic = await watchLog(observer, session);
      await session.query('INSERT INTO t VALUES (1)');
      const { wal } = await traffic();
      expect(wal.records).toBeGreaterThan(0);
      expect(wal.bytesWithoutImages).toBeGreaterThan(0);
    }),
  );
});
