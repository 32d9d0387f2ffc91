import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode, Interrupted } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { shopFile } from './fixtures/shop.ts';
import { storedResult } from './fixtures/stored-result.ts';

const own = ownDirectories();
const made: string[] = [];
afterEach(async () => {
  for (const path of made.splice(0)) await rm(path, { force: true });
});

/** Written by pg_dump 15.18. */
const DUMPED = shopFile('dumped.sql');

async function file(name: string, text: string): Promise<string> {
  const path = `${own.out}-${name}`;
  made.push(path);
  await writeFile(path, text);
  return path;
}

/** The dump of the shop with something else in it. */
const changed = async (from: string, to: string): Promise<string> => {
  const text = await readFile(DUMPED, 'utf8');
  expect(text).toContain(from);
  return file('changed.sql', text.replace(from, to));
};

/** The first finds no row. */
const QUERIES = `
-- weight: 300
SELECT id FROM sales.orders WHERE customer_id = $1 AND total < 0;
-- weight: 12
SELECT id, total FROM sales.orders WHERE customer_id = $1;
-- weight: 3
UPDATE sales.orders SET note = 'changed' WHERE id = $1;
`;

const queries = (): Promise<string> => file('queries.sql', QUERIES);

async function tried(dump: string, io = capturedIo()) {
  const words = ['--from', dump, '--queries', await queries(), '--yes', '--out', own.out, '--budget', '1'];
  const code = await run(['try', ...words, shopFile('by-customer.sql')], io);
  expect(io.err()).not.toMatch(/\n {4}at /);
  return { code, io };
}

async function refused(dump: string, words: RegExp): Promise<void> {
  const { code, io } = await tried(dump);
  expect(io.err()).toMatch(words);
  expect(code).toBe(ExitCode.incomplete);
}

test('a migration is judged on a dump, and the report says what it was made of', async () => {
  const { code, io } = await tried(DUMPED);
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.err()).toMatch(/ok {2}restore .* of SQL, on PostgreSQL \d+/);
  const said = 'file dumped.sql, dumped from PostgreSQL 15.18 by pg_dump 15.18';
  expect(io.err()).toContain(`Source      ${said}, schema read`);
  const { source, run: made } = await storedResult(own.out);
  expect(source).toMatchObject({
    postgresVersion: '15.18',
    dumped: { file: 'dumped.sql', version: '15.18', pgDump: '15.18' },
  });
  expect(source?.tables).toContainEqual({ table: 'sales.orders', rows: 1_000, copiedRows: 1_000 });
  expect(io.err()).toMatch(/Left out +encoding and collation: the dump has no CREATE DATABASE/);
  expect(io.err()).toContain(
    '1 write find rows;\n      left out: 1 of 3 statements, 95.2 % of the weight;\n      no row has values for its parameters: SELECT id FROM',
  );
  expect(source?.statements).toMatchObject({ observed: 3, replayed: 2, sharesOf: 'weight' });
  expect(made.mix.reads).toBeCloseTo(12);
  expect(made.mix.writes).toBe(3);
  expect(made.command).toMatch(
    / try --from \S+dumped\.sql --budget 1 --queries \S+queries\.sql \S+by-customer\.sql$/,
  );
  const [report = ''] = await readdir(own.out);
  expect(await readFile(join(own.out, report, 'report.md'), 'utf8')).toContain(said);
});

test('what a dump lacks, and one that is not there, is said before anything is restored', async () => {
  const asked = async (from: string): Promise<string> => {
    const io = capturedIo();
    const code = await run(['try', '--from', from, shopFile('by-customer.sql')], io);
    expect(code).toBe(ExitCode.usage);
    return io.err();
  };
  expect(await asked(DUMPED)).toBe(
    'index-impact: --queries: is missing; a dump has no statistics of statements: it takes a folder or a file with them\n',
  );
  expect(await asked('missing.sql')).toMatch(
    /--queries: is missing.*\n.*--from: there is no file missing\.sql/,
  );
  expect(await asked('reader:secret@db.example/shop')).not.toContain('secret');
});

test('a dump that is truncated, too new, too large or does not run is refused with what to do', async () => {
  const cut = (await readFile(DUMPED, 'utf8')).slice(0, 30_000);
  await refused(
    await file('cut.sql', cut),
    /cut\.sql is truncated: the rows of line \d+ do not end\nMake the dump again/,
  );
  await refused(
    await changed('database version 15.18', 'database version 99.1'),
    /was dumped from PostgreSQL 99\.1\n.*\nRestore the dump on a server of 99 or later/,
  );
  const large = await file('large.sql', await readFile(DUMPED, 'utf8'));
  await truncate(large, 2 ** 43);
  await refused(
    large,
    /There is no room to restore .*large\.sql\n.* are left: .*\nMake room in the temporary/,
  );
  await refused(
    await changed('CREATE SCHEMA sales;', 'CREATE SCHEMA sales; SELECT no_such_function();'),
    /changed\.sql:25: function no_such_function\(\) does not exist\n {2}25 \| .*\n.*\^/,
  );
});

test('an interruption in the middle of the restore leaves nothing anywhere', async () => {
  const interruption = new AbortController();
  const hanging = await changed(
    'CREATE SCHEMA sales;',
    `DO $$ BEGIN RAISE WARNING 'restoring'; PERFORM pg_sleep(600); END $$;`,
  );
  const trying = tried(hanging, capturedIo(interruption.signal));
  while (!(await serverLogs()).includes('restoring')) await sleep(50);
  interruption.abort(new Interrupted('SIGINT'));
  const { code, io } = await trying;
  expect(code, io.err()).toBe(ExitCode.interrupted);
  expect(await readdir(own.out)).toEqual([]);
});

/** Of all servers that run here. */
async function serverLogs(): Promise<string> {
  const logs = (await readdir(own.temporary)).map((name) =>
    readFile(join(own.temporary, name, 'server.log'), 'utf8').catch(() => ''),
  );
  return (await Promise.all(logs)).join('\n');
}
