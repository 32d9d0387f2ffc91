import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadTables } from '../../../seed/load.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { applySqlFiles } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import { explainAnalyze } from '../../measure/explain.ts';
import { NO_OP } from '../../qualify/cases.ts';
import { qualificationSuite } from './suite.ts';

let database: FreshDatabase;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const { signal } = new AbortController();
const suite = qualificationSuite('no-op');

test('a scan of some 6 MB is among the reads of identical arms', async () => {
  const scan = suite.reads.find(({ id }) => id === 'scan');
  expect(NO_OP.items).toContain(scan?.id);
  await withConnection(database.login, signal, async (connection) => {
    await applySqlFiles(connection, await Promise.all(suite.migrations.map(readSqlFile)));
    await loadTables([connection], { tables: suite.dataset.tables, scale: 1, seed: 42, signal });
    await connection.query('VACUUM (FREEZE, ANALYZE)');
    const { plan, counters } = await explainAnalyze(connection, { sql: scan?.sql ?? '', parameters: [] });
    expect(plan.signature).toContain('Seq Scan[archive]');
    const megabytes = (counters.sharedBlocks * 8192) / 1024 ** 2;
    expect(megabytes).toBeGreaterThan(5.5);
    expect(megabytes).toBeLessThan(6.5);
  });
});
