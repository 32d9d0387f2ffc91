import { readFile } from 'node:fs/promises';
import { beforeEach, expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { pathOf } from '../bench/model/file-location.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { BY_CUSTOMER, triesInShop } from './fixtures/tries-in-shop.ts';
import { storedResult } from './fixtures/stored-result.ts';

const { own, kept, tried, initialised, sqlFile } = triesInShop();

const UP = `-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY events_by_customer ON "Event Log" (customer_id);
CREATE INDEX customers_by_name ON customers (name);
`;
const DOWN = `
-- +goose Down
DROP INDEX events_by_customer, customers_by_name;
`;

/** The shop's own schema was made by something else: only the candidate is applied to it. */
beforeEach(async () => {
  await sqlFile('00001_shop.sql', '-- +goose Up\nCREATE TABLE elsewhere (id integer);\n');
  await sqlFile('00002_by_customer.sql', UP + DOWN);
  await sqlFile('00003_later.sql', '-- +goose Up\nCREATE INDEX ON sales.orders (total);\n');
});

const folder = (...words: string[]): string[] => ['--migrations', kept('migrations'), ...words];

test('a migration of a folder is judged on a copy of a database, in the transactions of its tool', async () => {
  const { code, io } = await tried(folder('--candidate', '00002_by_customer'));
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.err()).toMatch(/Migration +00002_by_customer, about "Event Log", customers\n/);
  expect(io.err()).toMatch(/goose: 1 migration before it; not applied, because after it: 00003_later\n/);
  const { candidate, migration, run: made } = await storedResult(own.out);
  expect(candidate.name).toBe('00002_by_customer');
  expect(candidate.indexes.map(({ name }) => name).toSorted()).toEqual([
    'customers_by_name',
    'events_by_customer',
  ]);
  expect(candidate.statements?.map(({ locksHeld }) => locksHeld)).toEqual(['while it runs', 'while it runs']);
  expect(migration).toBeDefined();
  expect(made.command).toMatch(/ --migrations \S+ --candidate 00002_by_customer$/);
});

test('init keeps the migration of a folder, and what takes it back', async () => {
  const { suite } = await initialised(folder('--candidate', '00002_by_customer.sql'));
  expect(suite.candidate).toMatchObject({ name: '00002_by_customer', transaction: 'none' });
  expect(await readFile(pathOf(suite.candidate.up), 'utf8')).toBe(UP.replace(/^.*\n/, '\n'));
  expect(await readFile(pathOf(suite.candidate.down ?? ''), 'utf8')).toBe(
    `${UP.replace(/.*\n/g, '\n')}${DOWN}`,
  );
  expect(await readFile(kept('suite', 'README.md'), 'utf8')).toContain(
    '| `candidate.down.sql` | takes it back |',
  );
});

test('what its tool would fail on fails here, before rows are copied', async () => {
  await sqlFile('00004_more.sql', '-- +goose Up\nCREATE INDEX CONCURRENTLY more ON customers (name);\n');
  const { code, io } = await tried(folder());
  expect(code).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(
    /00004_more\.sql:2:1: CREATE INDEX CONCURRENTLY cannot run inside a transaction block/,
  );
  expect(io.err()).not.toMatch(/ok {2}copy/);
});

test('a migration that needs rows says so, with its name, before any are copied', async () => {
  const text = `DO $$ BEGIN IF NOT EXISTS (SELECT FROM customers) THEN RAISE 'no customers'; END IF; END $$;`;
  await sqlFile('00004_rows.sql', `-- +goose Up\n${text}\nCREATE INDEX ON customers (name);\n`);
  const { code, io } = await tried(folder());
  expect(code).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(/00004_rows\.sql:2:1: no customers\n(.*\n)+ {2}00004_rows seems to need rows: /);
  expect(io.err()).not.toMatch(/ok {2}copy/);
});

test('a source that lacks migrations before the candidate is told by what the candidate misses', async () => {
  await sqlFile('00004_more.sql', '-- +goose Up\nCREATE INDEX ON customers (name);\nDROP TABLE elsewhere;\n');
  const { code, io } = await tried(folder());
  expect(code).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(/00004_more\.sql:3:1: table "elsewhere" does not exist\n/);
  expect(io.err()).toMatch(/ {2}00004_more may need migrations before it that the source does not have: /);
});

test('all that is wrong with a folder and its flags is said at once, each in a line', async () => {
  await sqlFile('V1__a.sql', 'SELECT 1;');
  const io = capturedIo();
  const argv = ['try', ...folder('--tool', 'moon', '--max-size', 'much', BY_CUSTOMER)];
  expect(await run(argv, io)).toBe(ExitCode.usage);
  expect(io.err().split('\n')).toEqual([
    expect.stringMatching(/--from: is missing: a folder of migrations has no rows; /),
    expect.stringMatching(/<migration\.sql>: does not go with --migrations/),
    expect.stringMatching(/--tool: "moon" is not accepted; it takes prisma, drizzle, .*, sql$/),
    expect.stringMatching(
      /--migrations: \S+ may be of Flyway \(V1__a\.sql\) and goose \(00001_shop\.sql\); say /,
    ),
    expect.stringMatching(/--max-size: "much" is not accepted/),
    '',
  ]);
  const alone = capturedIo();
  expect(await run(['try', '--tool', 'moon', '--candidate', 'x'], alone)).toBe(ExitCode.usage);
  expect(alone.err()).toMatch(/<migration\.sql>: is missing; .* or --migrations a folder of them\n/);
  expect(alone.err()).toMatch(/--tool: goes with --migrations\n.*--candidate: goes with --migrations\n/);
});
