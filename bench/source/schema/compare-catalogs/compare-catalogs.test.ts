import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../../database/connection.ts';
import { BUNDLED_MAJOR } from '../../../servers/server-settings.ts';
import { everyKind } from '../rebuilding.fixture.ts';
import type { LeftOut } from '../../../model/source.ts';
import { catalogDifferences } from './compare-catalogs.ts';

const never = new AbortController().signal;

let databases: [source: FreshDatabase, rebuilt: FreshDatabase];
beforeAll(async () => {
  databases = [await freshDatabase(), await freshDatabase()];
  for (const { login } of databases)
    await withConnection(login, never, (connection) => connection.query(everyKind(BUNDLED_MAJOR)));
});
afterAll(() => Promise.all(databases.map((database) => database.drop())));

/** Compared with a database of the same SQL after some more, which is undone. */
const differencesAfter = (sql: string, leftOut?: readonly LeftOut[]): Promise<string[]> =>
  withConnection(databases[0].login, never, (source) =>
    withConnection(databases[1].login, never, async (rebuilt) => {
      await rebuilt.query('BEGIN');
      await rebuilt.query(sql);
      const differences = await catalogDifferences(source, rebuilt, leftOut);
      await rebuilt.query('ROLLBACK');
      return differences;
    }),
  );

test('a database does not differ from itself', async () => {
  expect(await differencesAfter('')).toEqual([]);
});

test('owners, privileges and comments do not count', async () => {
  const sql = `
    ALTER TABLE shop.scratch OWNER TO pg_monitor;
    GRANT SELECT ON shop.scratch TO pg_read_all_data;
    COMMENT ON TABLE shop.scratch IS 'other'`;
  expect(await differencesAfter(sql)).toEqual([]);
});

test.each([
  ['CREATE SCHEMA more', 'schema more is not in the source'],
  ['DROP EXTENSION btree_gist CASCADE', 'extension btree_gist is missing'],
  ['DROP VIEW shop.aaa_first', 'view shop.aaa_first is missing'],
  ['DROP PROCEDURE shop.tidy', 'procedure shop.tidy(integer) is missing'],
  ['DROP INDEX shop.orders_2025_alone', 'index shop.orders_2025_alone is missing'],
  [
    `DROP INDEX shop.customers_search; CREATE INDEX customers_search ON shop.customers USING gin (search)`,
    'index shop.customers_search differs: CREATE INDEX customers_search ON shop.customers USING gin (search) instead of ' +
      'CREATE INDEX customers_search ON shop.customers USING gin (search) WITH (fastupdate=off)',
  ],
  [
    'ALTER TABLE shop.by_state ALTER note TYPE varchar(9)',
    'table column shop.by_state.note differs: character varying(9), storage x instead of text COLLATE pg_catalog."C", storage x',
  ],
  ['ALTER TABLE shop.nothing ADD extra integer', 'table column shop.nothing.extra is not in the source'],
  [
    'ALTER TABLE shop.nothing SET (fillfactor = 50)',
    'table shop.nothing differs: table, fillfactor=50, replica identity d, access method heap instead of ' +
      'table, replica identity d, access method heap',
  ],
  [
    'ALTER TABLE shop.nothing SET UNLOGGED',
    'table shop.nothing differs: table, unlogged, replica identity d, access method heap instead of ' +
      'table, replica identity d, access method heap',
  ],
  [
    'ALTER TABLE shop.orders ALTER note SET STATISTICS 10',
    'table column shop.orders.note differs: text, storage x, statistics 10 instead of text, storage x',
  ],
  [
    'ALTER TABLE shop.orders ALTER note SET STORAGE MAIN',
    'table column shop.orders.note differs: text, storage m instead of text, storage x',
  ],
  [
    `ALTER TYPE shop.address ADD ATTRIBUTE country text CASCADE`,
    'type shop.address differs: street text, "Zip code" character varying(10), country text instead of ' +
      'street text, "Zip code" character varying(10)',
  ],
  ['ALTER DOMAIN shop.title DROP NOT NULL', 'domain constraint title_not_null on shop.title is missing'],
  ['ALTER DOMAIN shop.title DROP CONSTRAINT later', 'domain constraint later on shop.title is missing'],
  ['ALTER SEQUENCE shop.customers_id_seq OWNED BY NONE', 'sequence shop.customers_id_seq differs:'],
  ['ALTER SEQUENCE shop.numbers INCREMENT BY 6', 'sequence shop.numbers differs:'],
  ['ALTER TABLE shop.customers ENABLE TRIGGER watch', 'trigger watch on shop.customers differs:'],
  ['ALTER TABLE shop.scratch ENABLE RULE no_removal', 'rule no_removal on shop.scratch differs:'],
  ['ALTER POLICY own ON shop.customers WITH CHECK (id > 1)', 'policy own on shop.customers differs:'],
  ['DROP STATISTICS shop.together', 'statistics object shop.together is missing'],
  [
    'DROP OPERATOR shop.=== (shop.address, shop.address)',
    'operator shop.===(shop.address,shop.address) is missing',
  ],
  ['DROP CAST (shop.state AS varchar)', 'cast (shop.state AS character varying) is missing'],
  ['DROP AGGREGATE shop.tally(*)', 'aggregate shop.tally() is missing'],
  [
    'ALTER TEXT SEARCH CONFIGURATION shop.plain DROP MAPPING FOR hword',
    'text search configuration shop.plain differs:',
  ],
  ['ALTER TABLE shop.lines DETACH PARTITION shop.lines_1', 'table shop.lines_1 differs:'],
  ['ALTER TABLE shop.scratch NO FORCE ROW LEVEL SECURITY', 'table shop.scratch differs:'],
  ['ALTER TABLE shop.customers SET WITHOUT CLUSTER', 'index shop.customers_number differs:'],
  [
    'ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_customer_fkey; ALTER TABLE shop.scratch VALIDATE CONSTRAINT scratch_id_fkey',
    'table constraint scratch_id_fkey on shop.scratch differs: FOREIGN KEY (id) REFERENCES shop.customers(id), on shop.scratch instead of ' +
      'FOREIGN KEY (id) REFERENCES shop.customers(id) NOT VALID, on shop.scratch',
  ],
])('after %s it says: %s', async (sql, expected) => {
  const differences = await differencesAfter(sql);
  expect(
    differences.some((line) => line.startsWith(expected)),
    differences.join('\n'),
  ).toBe(true);
});

test('what was left out on purpose is not told again', async () => {
  const leftOut = [{ object: 'statistics object shop.together', reason: 'it is known' }];
  expect(await differencesAfter('DROP STATISTICS shop.together', leftOut)).toEqual([]);
});

test('of a table that is missing no column, index or trigger is told', async () => {
  expect(await differencesAfter('DROP TABLE "Odd ""schema"."Odd ""table"')).toEqual([
    'table "Odd ""schema"."Odd ""table" is missing',
    'sequence "Odd ""schema"."Odd ""table_Key_seq" is missing',
    'sequence "Odd ""schema"."Odd ""table_select_seq" is missing',
  ]);
});
