import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '../bench/model/snapshot.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { shopFile } from './fixtures/shop.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { triesInShop } from './fixtures/tries-in-shop.ts';

const { own, kept, urlOf, asked, sqlFile } = triesInShop();
const file = (): string => kept('shop.snapshot.json');

/** Rows of its own would break keys of the rows that are made. */
const ROWS = `INSERT INTO customers (id, email, name) VALUES (1, 'root@example.org', 'root');`;

const CHANGES = `
  CREATE TABLE regions (id integer PRIMARY KEY, name text NOT NULL);
  INSERT INTO regions VALUES (1, 'here');
  ALTER TABLE customers ADD region_id integer NOT NULL DEFAULT 1 REFERENCES regions, ADD parent_id integer REFERENCES customers,
    ADD code text NOT NULL DEFAULT '';
  ALTER TABLE customers ALTER code DROP DEFAULT;
  ALTER TABLE "Event Log" DROP payload;`;

beforeEach(async () => {
  await sqlFile('001-shop.sql', `${await readFile(shopFile('schema.sql'), 'utf8')}\n${ROWS}`);
  await sqlFile('002-regions.sql', CHANGES);
  await sqlFile('003-by-customer.sql', await readFile(shopFile('by-customer.sql'), 'utf8'));
  await mkdir(kept(), { recursive: true });
  const { code, io } = await asked(['snapshot', '--from', urlOf(), '--out', file()]);
  expect(code, io.err()).toBe(ExitCode.done);
});

const changed = async (change: (snapshot: Snapshot) => Partial<Snapshot>): Promise<void> => {
  const snapshot = JSON.parse(await readFile(file(), 'utf8')) as Snapshot;
  await writeFile(file(), JSON.stringify({ ...snapshot, ...change(snapshot) }));
};

const words = (command: string, ...others: string[]): string[] => [
  ...[command, '--snapshot', file(), '--migrations', kept('migrations'), '--yes'],
  ...others,
];

const tried = (...others: string[]) => asked(words('try', '--out', own.out, '--budget', '1', ...others));

test('the schema is what the migrations before the candidate make, and the rows are of the statistics', async () => {
  await changed(({ schema }) => ({
    postgresVersion: '13.4',
    schema: { ...schema, beforeRows: '', afterRows: '', materializedViews: [] },
  }));
  const { code, io } = await tried();
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.err()).toContain('numbered SQL files: 2 migrations before it, which make the schema');
  const { source, migration, dataset } = await storedResult(own.out);
  expect(migration).toBeDefined();
  expect(dataset.tables.find(({ table }) => table === 'sales.orders')).toMatchObject({ rows: 20_000 });
  expect(dataset.tables.find(({ table }) => table === 'regions')?.rows ?? 0).toBe(0);
  const leftOut = source?.leftOut.map(({ object, reason }) => `${object}: ${reason}`) ?? [];
  for (const line of [
    /^PostgreSQL 13 of the snapshot: it is rebuilt on PostgreSQL 18, because /,
    /^the rows of regions: the migrations make the table, and the snapshot does not have it$/,
    /^customers\.region_id: .*: rows have its default$/,
    /^customers\.parent_id: .*: rows have NULL$/,
    /^customers\.code: .*: its values are made up$/,
    /^"Event Log"\.payload: the snapshot has it, and no migration before the candidate makes it/,
    /^foreign key customers_region_id_fkey of customers: the snapshot does not have it, /,
  ])
    expect(leftOut).toContainEqual(expect.stringMatching(line));
  expect(leftOut.join('\n')).not.toContain('customers_parent_id_fkey');
});

test.each([
  ['needs rows', `DO $$ BEGIN RAISE 'no rows'; END $$;`, /seems to need rows/],
  ['needs a role', 'GRANT SELECT ON customers TO authenticated;', /needs role "authenticated", which no/],
  [
    'needs an extension',
    'CREATE EXTENSION IF NOT EXISTS pg_cron;',
    /002-regions\.sql: The schema needs .*pg_cron/,
  ],
])('a migration before the candidate that %s is named, with what to do', async (_, text, need) => {
  await sqlFile('002-regions.sql', `\n${text}\n`);
  const { code, io } = await tried();
  expect(code, io.err()).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(/002-regions\.sql/);
  expect(io.err()).toMatch(need);
  expect(io.err()).toMatch(
    /or measure on the schema that the snapshot has: .* try --snapshot \S+ \S+003-by-customer\.sql/,
  );
});
