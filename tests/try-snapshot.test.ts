import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '../bench/model/snapshot.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { BY_CUSTOMER, triesInShop } from './fixtures/tries-in-shop.ts';
import { storedResult } from './fixtures/stored-result.ts';

const { own, kept, urlOf, asked } = triesInShop();
let folder: string;
const file = (): string => join(folder, 'shop.snapshot.json');

/** Twice: what the first one has asked is in the statistics of the second. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
  for (const taken of ['first', 'second']) {
    const { code, io } = await asked(['snapshot', '--from', urlOf(), '--out', file()]);
    expect(code, `${taken}: ${io.err()}`).toBe(ExitCode.done);
  }
});
beforeEach(() => mkdir(kept(), { recursive: true }));
afterAll(() => rm(folder, { recursive: true }));

test('a migration is judged on rows that a snapshot describes, without any database', async () => {
  const words = ['--snapshot', file(), '--yes', '--out', own.out, '--budget', '1'];
  const { code, io } = await asked(['try', ...words, BY_CUSTOMER]);
  expect(code, io.err()).toBe(ExitCode.done);
  const { source, migration, dataset, likeness, summary } = await storedResult(own.out);
  expect(migration).toBeDefined();
  expect(likeness?.columns.length).toBeGreaterThan(10);
  expect(summary[0]).toMatch(
    /^Rows made from statistics: \d+ of \d+ columns and .*; of \d+ statements \d+ (is|are) planned as in the source/,
  );
  expect(source?.snapshot).toEqual({ file: 'shop.snapshot.json' });
  expect(source?.readAt).toBe((JSON.parse(await readFile(file(), 'utf8')) as Snapshot).readAt);
  expect(source?.tables).toContainEqual({ table: 'sales.orders', rows: 20_000, copiedRows: 20_000 });
  expect(dataset.tables.find(({ table }) => table === 'sales.orders')).toMatchObject({ rows: 20_000 });
});

test('what names a text that only the source has is not measured as if no row had it', async () => {
  const [queries, migration] = [kept('queries.sql'), kept('vip.sql')];
  await writeFile(
    queries,
    `SELECT * FROM customers WHERE name = 'Name 7';\nSELECT * FROM customers WHERE id = 7;\n`,
  );
  await writeFile(migration, `CREATE INDEX vip ON customers (id) WHERE name = 'Name 7';`);
  const words = ['--snapshot', file(), '--queries', queries, '--yes', '--out', own.out, '--budget', '1'];
  const { code, io } = await asked(['try', ...words, migration]);
  expect(code, io.err()).toBe(ExitCode.done);
  const { source, warnings } = await storedResult(own.out);
  expect(source?.statements.leftOut.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('it finds no row: the rows have fakes in place of texts'),
  ]);
  expect(warnings.map(({ code: of }) => of)).toContain('empty-index');
});

test('a snapshot takes no statement of an earlier one for one of the application', async () => {
  const { statements } = JSON.parse(await readFile(file(), 'utf8')) as Snapshot;
  expect(statements.length).toBeGreaterThan(3);
  expect(statements.filter(({ sql }) => sql.includes('AS parents'))).toEqual([]);
});

test('init writes a suite that makes its rows of the snapshot beside it', async () => {
  const words = ['--snapshot', file(), '--yes', '--out', kept('suite')];
  const { code, io } = await asked(['init', ...words, BY_CUSTOMER]);
  expect(code, io.err()).toBe(ExitCode.done);
  expect(await readFile(kept('suite', 'suite.ts'), 'utf8')).toContain(
    "dataset: fromStatistics(new URL('source.snapshot.json', import.meta.url))",
  );
  const about = await readFile(kept('suite', 'README.md'), 'utf8');
  expect(about).toContain('No row of the database is here');
  expect(about).not.toContain('rows of the database**');
});

const edited = (): string => kept('edited.snapshot.json');

/** Tries the snapshot with something else in it. */
async function triedWith(change: (snapshot: Snapshot) => void) {
  const snapshot = JSON.parse(await readFile(file(), 'utf8')) as Snapshot;
  change(snapshot);
  await writeFile(edited(), JSON.stringify(snapshot));
  const { code, io } = await asked(['try', '--snapshot', edited(), '--yes', '--out', own.out, BY_CUSTOMER]);
  return { code, err: io.err() };
}

test('values that are none of their type are refused all at once, with the file', async () => {
  const { code, err } = await triedWith(({ tables }) => {
    for (const { columns } of tables)
      for (const { type, statistics } of columns)
        if (type === 'integer' && statistics) statistics.bounds = ['1', 'abc'];
  });
  expect(code).toBe(ExitCode.usage);
  const problems = err
    .split('\n')
    .filter((line) => line.includes('invalid input syntax for type integer: "abc"'));
  expect(problems.length).toBeGreaterThan(1);
  expect(problems.filter((line) => !line.includes(`${edited()}: statistics of `))).toEqual([]);
});

test.each(['id', 'name'])('rows without the column %s are named with the file', async (removed) => {
  const { code, err } = await triedWith(({ tables }) => {
    for (const table of tables) table.columns = table.columns.filter(({ name }) => name !== removed);
  });
  expect(code).toBe(ExitCode.incomplete);
  expect(err).toContain(`${edited()}: the rows that it describes cannot be loaded: `);
});

test('SQL of the schema that the server refuses is named with the file and its place there', async () => {
  const { code, err } = await triedWith(({ schema }) => (schema.afterRows = 'SELECT 1;\nSELECT 1 / 0;'));
  expect(code).toBe(ExitCode.incomplete);
  expect(err).toContain(`${edited()}: schema.afterRows:2:1: division by zero`);
});

test('a snapshot is refused for what it lacks, and beside a database', async () => {
  const { schema, ...others } = JSON.parse(await readFile(file(), 'utf8')) as Snapshot;
  const bare = { ...others, statements: [], tables: [], schema: { ...schema, beforeRows: '' } };
  await writeFile(kept('bare.json'), JSON.stringify(bare));
  const { code, io } = await asked(['try', '--snapshot', kept('bare.json'), '--from', urlOf(), BY_CUSTOMER]);
  expect(code).toBe(ExitCode.usage);
  expect(io.err()).toContain('--from: does not go with --snapshot');
  expect(io.err()).toContain('has no schema: a script took it');
  expect(io.err()).toContain('--queries: is missing; the snapshot has no statements');
});

test('rows of statistics are measured at several sizes', async () => {
  const words = [
    '--snapshot',
    file(),
    '--yes',
    '--out',
    own.out,
    '--save',
    kept('suite'),
    '--scales',
    '0.2,0.5',
  ];
  const few = ['--measure', 'builds', '--steps', '0'];
  const { code, io } = await asked(['try', ...words, ...few, BY_CUSTOMER]);
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.out()).toMatch(/orders_by_customer\w* +10,000/);
});

test('several sizes take rows of statistics, and a place to keep the suite', async () => {
  const { code, io } = await asked(['try', '--from', urlOf(), '--scales', '0.2,0.5', BY_CUSTOMER]);
  expect(code).toBe(ExitCode.usage);
  expect(io.err()).toContain('--scales: goes with --snapshot');
  expect(io.err()).toContain('--scales: goes with --save');
  const other = await asked(['try', '--from', urlOf(), '--predict', '200e6', BY_CUSTOMER]);
  expect(other.io.err()).toContain('--predict: goes with --scales');
});
