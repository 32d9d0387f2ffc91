import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyText } from '../../../seed/copy-stream.ts';
import { loadTables } from '../../../seed/load.ts';
import { randomFor } from '../../../seed/random.ts';
import { rowCounts } from '../../../seed/row-counts.ts';
import { applyCandidate } from '../../database/candidate.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { applySqlFile, applySqlFiles } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { explainAnalyze } from '../../measure/explain.ts';
import { drawKey } from '../../measure/reads.ts';
import { listTargets } from '../../measure/write-supply.ts';
import { salesAgent } from './suite.ts';

const SCALE = 0.2;
const never = new AbortController().signal;
const { reads, writes, dataset, candidate, migrations } = salesAgent;
const { rowsOf } = rowCounts(dataset.tables, SCALE);

let database: Awaited<ReturnType<typeof freshDatabase>>;
const inside = <T>(use: (connection: Connection) => Promise<T>) => withConnection(database.login, never, use);

beforeAll(async () => {
  database = await freshDatabase();
  await inside(async (connection) => {
    await applySqlFiles(connection, await Promise.all(migrations.map(readSqlFile)));
    await loadTables([connection], { tables: dataset.tables, scale: SCALE, seed: 42, signal: never });
    await applySqlFile(connection, await readSqlFile(dataset.age ?? ''));
    await applyCandidate(connection, await readSqlFile(candidate.up));
    await connection.query('VACUUM (FREEZE, ANALYZE)');
  });
});
afterAll(() => database.drop());

test('the documented examples stand word for word, one query stands for each of the 19 patterns', () => {
  const sqlOf = (id: string) => reads.find((read) => read.id === id)?.sql.replace(/\s+/g, ' ');
  expect(sqlOf('example-1')).toBe(
    'SELECT * FROM leads WHERE qualification_score > 80 ORDER BY qualification_score DESC, created_at DESC LIMIT 10',
  );
  expect(sqlOf('example-2')).toBe(
    'SELECT * FROM social_media_activity WHERE lead_id = 123 ORDER BY posted_at DESC LIMIT 20',
  );
  expect(sqlOf('example-3')).toBe(
    "SELECT * FROM contact_social_profiles WHERE company_name = 'Acme Corp' ORDER BY decision_maker_score DESC LIMIT 5",
  );
  expect(sqlOf('example-4')).toBe(
    "SELECT * FROM agent_executions WHERE status = 'running' ORDER BY created_at DESC LIMIT 10",
  );
  expect(reads.filter(({ workload }) => workload === 'full')).toHaveLength(20);
});

describe('on a database with the candidate', () => {
  test.each(reads.map((read) => [read.id, read] as const))('%s answers with rows', async (_, read) => {
    await inside(async (connection) => {
      const parameters = await drawKey(connection, read.key);
      const { rows } = await connection.query({ text: read.sql, values: parameters, rowMode: 'array' });
      expect(rows.length).toBeGreaterThan(0);
      expect(
        (await explainAnalyze(connection, { sql: read.sql, parameters })).counters.sharedBlocks,
      ).toBeGreaterThan(0);
    });
  });

  test('hot, median and cold keys have ever fewer rows', async () => {
    const rows = await inside(async (connection) => {
      const counts: number[] = [];
      for (const heat of ['hot', 'median', 'cold']) {
        const read = reads.find(({ id }) => id === `example-2-${heat}`);
        const [lead] = await drawKey(connection, read?.key);
        const count = 'SELECT count(*) AS count FROM social_media_activity WHERE lead_id = $1';
        counts.push(Number((await connection.query<{ count: string }>(count, [lead])).rows[0]?.count));
      }
      return counts;
    });
    expect(rows.toSorted((a, b) => b - a)).toEqual(rows);
    expect(rows[0]).toBeGreaterThan(5 * (rows[1] ?? NaN));
  });

  test.each(writes.map((write) => [write.id, write] as const))(
    '%s writes, twice, what it says',
    async (_, write) => {
      await inside(async (connection) => {
        const targets = await listTargets(connection, write);
        const random = randomFor(1, write.id);
        await connection.query('BEGIN');
        for (const ordinal of [0, 1]) {
          const parameters = write.draw({ random, rowsOf, ordinal, target: targets[ordinal] ?? null });
          if (write.operation === 'COPY') await copyText(connection, write.sql, String(parameters[0]));
          else expect((await connection.query(write.sql, [...parameters])).rowCount).toBe(1);
        }
        await connection.query('ROLLBACK');
      });
    },
  );
});
