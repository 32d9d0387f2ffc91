import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { withOwnDatabase, enableStatementStatistics } from '../database/own-database.ts';
import { databaseName } from '../database/server.ts';
import { freshDatabase, testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { runBlock } from './block.ts';
import { statementClock } from './statement-clock.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const inside = <T>(use: (connection: Connection) => Promise<T>) => withConnection(database.login, never, use);
const SLOW = 'SELECT pg_sleep(0.02), $1::int';

test("a block gets the server's mean time, and a sleep is its lower bound", async () => {
  const site = testSite();
  const block = await withOwnDatabase(site, databaseName(site.server, 'observer'), (observer) =>
    inside(async (session) => {
      expect(await enableStatementStatistics(observer)).toBeUndefined();
      const execute = () => session.query(SLOW, [1]);
      await execute();
      const clock = await statementClock(
        { connection: observer, readsStatementTimes: true, log: undefined },
        session,
        {
          sql: SLOW,
          parameters: [1],
        },
      );
      return clock(() => runBlock(3, execute));
    }),
  );
  expect(block.serverMeanMs).toBeGreaterThanOrEqual(20);
  expect(block.serverMeanMs).toBe(Number(block.serverMeanMs?.toFixed(6)));
  expect(block.executions).toBe(3);
});

test('a block has no server time where the server does not report it, and for COPY', async () => {
  await inside(async (session) => {
    const block = { medianMs: 1, executions: 3 };
    const unobserved = await statementClock(
      { connection: session, readsStatementTimes: false, log: undefined },
      session,
      {
        sql: SLOW,
        parameters: [1],
      },
    );
    expect(await unobserved(() => Promise.resolve(block))).toEqual(block);
    const copying = await statementClock(
      { connection: session, readsStatementTimes: true, log: undefined },
      session,
      {
        sql: 'COPY t FROM STDIN',
        parameters: [],
      },
    );
    expect(await copying(() => Promise.resolve(block))).toEqual(block);
  });
});
