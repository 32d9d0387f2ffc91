import { writeFile } from 'node:fs/promises';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import { migrate } from '../bench/run/template.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { serializeSnapshot } from '../bench/source/snapshot/read-snapshot.ts';
import { salesAgent } from '../bench/suites/sales-agent/suite.ts';
import { loadTables } from '../seed/load.ts';
import { tables } from '../seed/tables/index.ts';
import { snapshotOf } from '../tests/fixtures/snapshot-of.ts';
import { asProgram } from './as-program.ts';

/**
 * Writes the snapshot of the Sales Agent's tables that the workflow migration.yml measures with, redacted: at a scale at which a pull
 * request waits for a few minutes, with statistics that fit into a small file, and with the headline reads as its statements.
 */
const FILE = '.github/sales-agent.snapshot.json';
const SCALE = 0.2;
const SEED = 42;
const STATISTICS_TARGET = 10;
const CALLS = 10;
const { signal } = new AbortController();

/** Has pg_stat_statements count the headline reads, each with the keys of the suite, and nothing else. */
async function callReads(connection: Connection): Promise<void> {
  const reads = salesAgent.reads.filter(({ workload }) => workload !== 'full');
  const calls: { sql: string; values: unknown[] }[] = [];
  for (const { sql, key } of reads) {
    const found = key && (await connection.query<object>(key.sql, [...(key.parameters ?? [])]));
    calls.push({ sql, values: Object.values(found?.rows[0] ?? {}) });
  }
  await connection.query('SELECT public.pg_stat_statements_reset()');
  for (const { sql, values } of calls)
    for (let call = 0; call < CALLS; call++) await connection.query(sql, values);
}

async function main(): Promise<number> {
  const options = { settings: serverSettings(1), keep: false, signal };
  const text = await withEmbeddedServer(options, async (server) => {
    await migrate(server, 'sales_agent', salesAgent, signal);
    return withConnection(server.admin('sales_agent'), signal, async (connection) => {
      await loadTables([connection], { tables, scale: SCALE, seed: SEED, signal });
      await connection.query(`SET default_statistics_target = ${STATISTICS_TARGET}`);
      await connection.query('VACUUM ANALYZE');
      await connection.query(`
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public;
        GRANT EXECUTE ON FUNCTION public.pg_stat_statements_reset TO PUBLIC`);
      await withConnection(server.owner('sales_agent'), signal, callReads);
      return serializeSnapshot(await snapshotOf(connection, { redact: { keptTexts: [] } }));
    });
  });
  await writeFile(FILE, text);
  console.log(`${FILE}: ${text.length} bytes`);
  return 0;
}

await asProgram(main);
