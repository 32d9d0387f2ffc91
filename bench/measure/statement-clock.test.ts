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
const slow = { sql: SLOW, parameters: [1] };

test("a block gets the server's mean time, and a sleep is its lower bound", async () => {
  const site = testSite();
  const { block } = await withOwnDatabase(site, databaseName(site.server, 'observer'), (connection) =>
    inside(async (session) => {
      expect(await enableStatementStatistics(connection)).toBeUndefined();
      const execute = () => session.query(SLOW, [1]);
      await execute();
      const observer = { connection, readsStatementTimes: true, log: undefined, evicts: false };
      const clock = await statementClock({ block: observer }, { block: session }, slow);
      return clock(async () => ({ block: await runBlock(3, execute) }));
    }),
  );
  expect(block.serverMeanMs).toBeGreaterThanOrEqual(20);
  expect(block.serverMeanMs).toBe(Number(block.serverMeanMs?.toFixed(6)));
  expect(block.executions).toBe(3);
});

test('the blocks of a pair have a time each, of their own database', async () => {
  const site = testSite();
  const other = await freshDatabase();
  const blocks = await withOwnDatabase(site, databaseName(site.server, 'observer'), (connection) =>
    withConnection(database.login, never, (before) =>
      withConnection(other.login, never, async (after) => {
        await enableStatementStatistics(connection);
        const observer = { connection, readsStatementTimes: true, log: undefined, evicts: false };
        for (const session of [before, after]) await session.query('SELECT pg_sleep($1)', [0]);
        const asleep = { sql: 'SELECT pg_sleep($1)', parameters: [0] };
        const clock = await statementClock({ before: observer, after: observer }, { before, after }, asleep);
        const sleep = (session: Connection, seconds: number) =>
          runBlock(2, () => session.query('SELECT pg_sleep($1)', [seconds]));
        return clock(async () => ({ before: await sleep(before, 0.05), after: await sleep(after, 0.001) }));
      }),
    ),
  );
  await other.drop();
  expect(blocks.before.serverMeanMs).toBeGreaterThanOrEqual(50);
  expect(blocks.after.serverMeanMs).toBeLessThan(blocks.before.serverMeanMs ?? 0);
});

test('a block has no server time where the server does not report it, and for COPY', async () => {
  await inside(async (session) => {
    const blocks = { block: { medianMs: 1, executions: 3 } };
    const observed = { connection: session, readsStatementTimes: true, log: undefined, evicts: false };
    const unobserved = await statementClock(
      { block: { ...observed, readsStatementTimes: false } },
      { block: session },
      slow,
    );
    expect(await unobserved(() => Promise.resolve(blocks))).toEqual(blocks);
    const copy = { sql: 'COPY t FROM STDIN', parameters: [] };
    const copying = await statementClock({ block: observed }, { block: session }, copy);
    expect(await copying(() => Promise.resolve(blocks))).toEqual(blocks);
  });
});
