import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { freshDatabase } from '../database/test-server.fixture.ts';
import { measureBufferCold } from './buffer-cold.ts';
import { explainAnalyze } from './explain.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** Blocks of the table that had to come from outside shared buffers so far. */
async function blocksRead(session: Connection): Promise<number> {
  await session.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await session.query<{ n: string }>(
    "SELECT heap_blks_read AS n FROM pg_statio_user_tables WHERE relname = 't'",
  );
  return Number(rows[0]?.n);
}

test('each block is one execution that has to read every block it needs, each priming finds them', async () => {
  await withConnection(database.url, never, async (session) => {
    await session.query('CREATE TABLE t AS SELECT generate_series(1, 10000) AS i');
    const statement = { sql: 'SELECT count(*) FROM t', parameters: [] };
    const { counters } = await explainAnalyze(session, statement);
    const start = await blocksRead(session);
    const { pairs } = await withConnection(database.url, never, (connection) => {
      const observer = { connection, readsStatementTimes: false };
      const timing = { order: ['before', 'after'] as const, enough: () => false, observer };
      return measureBufferCold(statement, { before: [session], after: [session] }, timing);
    });
    expect(pairs).toHaveLength(2);
    expect(pairs).toMatchObject([{ before: { executions: 1 }, after: { executions: 1 } }, {}]);
    expect(await blocksRead(session)).toBe(start + 4 * counters.sharedBlocks);
  });
});
