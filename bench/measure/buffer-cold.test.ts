import { expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { createDatabase } from '../database/databases.ts';
import { withOwnDatabase } from '../database/own-database.ts';
import { withEmbeddedServer } from '../servers/embedded/embedded.ts';
import type { Server } from '../database/server.ts';
import { serverSettings } from '../servers/server-settings.ts';
import { afterRestart, coldRunner, measureBufferCold, type RunCold } from './buffer-cold.ts';
import { explainAnalyze } from './explain.ts';

const never = new AbortController().signal;
const DATABASE = 'arm';
const statement = { sql: 'SELECT count(*) FROM t', parameters: [] };

const inside = <T>(server: Server, use: (session: Connection) => Promise<T>): Promise<T> =>
  withConnection(server.owner(DATABASE), never, use);

/** Blocks of the table read from outside shared buffers so far. */
const blocksRead = (server: Server): Promise<number> =>
  inside(server, async (session) => {
    const { rows } = await session.query<{ n: string }>(
      "SELECT heap_blks_read AS n FROM pg_statio_user_tables WHERE relname = 't'",
    );
    return Number(rows[0]?.n);
  });

/** How often the whole table was read while two pairs were measured. */
async function timesReadIn(server: Server, runCold: RunCold): Promise<number> {
  const { counters } = await inside(server, async (session) => {
    await session.query('DROP TABLE IF EXISTS t');
    await session.query('CREATE TABLE t AS SELECT generate_series(1, 10000) AS i');
    return explainAnalyze(session, statement);
  });
  const start = await blocksRead(server);
  const timing = { order: ['before', 'after'] as const, enough: () => false };
  const databases = { before: DATABASE, after: DATABASE };
  const { pairs } = await measureBufferCold(statement, databases, runCold, timing);
  expect(pairs).toHaveLength(2);
  expect(pairs).toMatchObject([{ before: { executions: 1 }, after: { executions: 1 } }, {}]);
  return ((await blocksRead(server)) - start) / counters.sharedBlocks;
}

test('each block is one execution that reads all its blocks again, after an eviction or a restart', async () => {
  const options = { settings: serverSettings(0.25), keep: false, signal: never };
  await withEmbeddedServer(options, async (server) => {
    const site = { server, signal: never };
    await createDatabase(site, DATABASE);
    await withOwnDatabase(site, 'own', async () => {
      const evicting = await coldRunner(site, 'own');
      if (!evicting) throw new Error('this server can evict');
      expect(await timesReadIn(server, evicting)).toBe(4);
    });
    if (!server.restart) throw new Error('this server can be restarted');
    expect(await timesReadIn(server, afterRestart(site, server.restart))).toBe(4);
  });
});
