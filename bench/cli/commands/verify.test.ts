import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { applySqlFiles } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { run } from '../../main.ts';
import { ExitCode } from '../../model/errors.ts';
import { salesAgent } from '../../suites/sales-agent/suite.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

afterEach(() => {
  vi.unstubAllEnvs();
});

test('the candidate on a fresh database is as documented; what PostgreSQL refuses of the document is shown', async () => {
  const io = capturedIo();
  expect(await run(['verify'], io)).toBe(ExitCode.done);
  expect(io.out()).toContain('Candidate 007: 19 of 19 indexes present, valid and as documented');
  expect(io.out()).toContain('PostgreSQL refuses it: column "tablename" does not exist');
  expect(io.out()).toMatch(
    /The nearest form that works:\n {4}SELECT\n {8}schemaname,\n {8}relname AS tablename/,
  );
  expect(io.out()).toContain('(149 rows, the first 8 shown)');
});

test('a database whose index has only the name of the documented one fails the check', async () => {
  await withConnection(database.login, new AbortController().signal, async (connection) => {
    const { migrations, candidate } = salesAgent;
    await applySqlFiles(connection, await Promise.all(migrations.map(readSqlFile)));
    await connection.query('CREATE INDEX ix_leads_updated_at ON leads (created_at)');
    await applySqlFiles(connection, [await readSqlFile(candidate.up)]);
  });
  const io = capturedIo();
  const url = new URL(database.url);
  vi.stubEnv('PGPASSWORD', url.password);
  url.password = '';
  expect(await run(['verify', '--url', url.href], io)).toBe(ExitCode.gateFailed);
  expect(io.out()).toContain('Candidate 007: 18 of 19 indexes present, valid and as documented');
  expect(io.out()).toContain(
    'present:    CREATE INDEX ix_leads_updated_at ON public.leads USING btree (created_at)',
  );
});

test('a suite that documents no index is held against what its candidate makes, elsewhere, too', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'verify-'));
  const suite = join(directory, 'suite.mjs');
  await writeFile(join(directory, 'schema.sql'), 'CREATE TABLE t (id integer PRIMARY KEY)');
  await writeFile(join(directory, 'index.sql'), 'CREATE INDEX ix_t_id ON t (id DESC)');
  await writeFile(
    suite,
    `export default {
      name: 'plain',
      migrations: [new URL('schema.sql', import.meta.url)],
      candidate: { up: new URL('index.sql', import.meta.url) },
      dataset: { tables: [{ name: 't', columns: ['id'], rowsAtScaleOne: 1, row: () => [1] }] },
      reads: [{ id: 'all', sql: 'SELECT * FROM t' }],
    };`,
  );
  const fresh = capturedIo();
  expect(await run(['verify', '--suite', suite], fresh), fresh.err()).toBe(ExitCode.done);
  expect(fresh.out()).toContain(
    'Candidate index: 1 of 1 index present, valid and as the candidate makes them',
  );
  await withConnection(database.login, new AbortController().signal, (connection) =>
    connection.query('CREATE TABLE t (id integer PRIMARY KEY); CREATE INDEX ix_t_id ON t (id)'),
  );
  const elsewhere = capturedIo();
  const url = new URL(database.url);
  vi.stubEnv('PGPASSWORD', url.password);
  url.password = '';
  expect(await run(['verify', '--suite', suite, '--url', url.href], elsewhere)).toBe(ExitCode.gateFailed);
  expect(elsewhere.out()).toContain('expected:   CREATE INDEX ix_t_id ON public.t USING btree (id DESC)');
  await writeFile(join(directory, 'index.sql'), 'COMMENT ON TABLE t IS $$none$$');
  const none = capturedIo();
  expect(await run(['verify', '--suite', suite], none)).toBe(ExitCode.done);
  expect(none.out()).toContain('Candidate index: it makes no index, and there is none to look for');
  await rm(directory, { recursive: true });
});

test('a database that does not answer is an error without a password in it', async () => {
  const io = capturedIo();
  vi.stubEnv('PGPASSWORD', 'secret');
  expect(await run(['verify', '--url', 'postgres://me@127.0.0.1:1/nothing'], io)).toBe(ExitCode.incomplete);
  expect(io.err()).toContain('No connection to database "nothing" on 127.0.0.1:1');
  expect(io.err()).not.toContain('secret');
});
