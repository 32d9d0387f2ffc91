import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../database/connection.ts';
import { migrationTables } from './migration-tables.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  await withConnection(database.login, new AbortController().signal, (connection) =>
    connection.query(`
      CREATE SCHEMA sales;
      CREATE TABLE sales.orders (id integer, day date) PARTITION BY RANGE (day);
      CREATE TABLE sales.orders_old PARTITION OF sales.orders DEFAULT;
      CREATE INDEX orders_day ON sales.orders (day);
      CREATE TABLE "Odd one" (id integer);
      CREATE TABLE customers (id integer);
      CREATE SCHEMA app;
      CREATE TABLE app.customers (id integer);
      CREATE TABLE public.visits (id integer);
      CREATE INDEX visits_id ON public.visits (id);
      CREATE TABLE app.visits (id integer)`),
  );
});
afterAll(() => database.drop());

const touchedBy = (text: string): Promise<readonly string[]> =>
  withConnection(database.login, new AbortController().signal, async (connection) => {
    const { touched } = await migrationTables(connection, { path: '042.sql', text }, ['app', 'public']);
    return touched;
  });

test.each([
  ['CREATE INDEX ON sales.orders (id)', ['sales.orders']],
  ['CREATE INDEX CONCURRENTLY ON sales.orders_old (id)', ['sales.orders']],
  ['DROP INDEX sales.orders_day', ['sales.orders']],
  ['DROP INDEX orders_day; CREATE INDEX ON "Odd one" (id)', ['"Odd one"', 'sales.orders']],
  ['REINDEX TABLE public.customers', ['customers']],
  ['ALTER TABLE customers ADD name text; CREATE INDEX ON customers (name)', ['app.customers']],
  ['CREATE INDEX visits_id ON visits (id)', ['app.visits']],
])('%s is about %j', async (text, tables) => {
  expect(await touchedBy(text)).toEqual(tables);
});

test.each([
  ['CREATE INDEX ON films (title)', '042.sql touches no table of the source'],
  [
    'CREATE INDEX IF NOT EXISTS orders_day ON sales.orders (id)',
    '042.sql is already applied: the source has sales.orders_day',
  ],
])('%s is refused: %s', async (text, message) => {
  await expect(touchedBy(text)).rejects.toThrow(message);
});

test('the columns of its indexes are known by table', async () => {
  const text =
    'CREATE INDEX ON sales.orders_old (day, id); CREATE INDEX ON customers (id); CREATE INDEX ON customers (lower(id::text))';
  const found = await withConnection(database.login, new AbortController().signal, (connection) =>
    migrationTables(connection, { path: '042.sql', text }, ['public']),
  );
  expect([...found.indexedColumns]).toEqual([
    ['sales.orders', ['day', 'id']],
    ['customers', ['id']],
  ]);
});

test('a file that is no SQL is refused with what the parser says', async () => {
  await expect(touchedBy('\\set x 1\nCREATE INDEX ON customers (id);')).rejects.toThrow(
    /^042\.sql is no SQL that PostgreSQL can parse: syntax error at or near/,
  );
});
