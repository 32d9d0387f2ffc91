import { expect, test } from 'vitest';
import { testSite } from '../../../../tests/fixtures/test-server.fixture.ts';
import { BUNDLED_MAJOR } from '../../../servers/server-settings.ts';
import { differencesOnceRebuilt, everyKind, rebuild, withTwoDatabases } from '../rebuilding.fixture.ts';
import type { SourceSchema } from '../source-schema.ts';
import { schemaByCatalog } from './schema-by-catalog.ts';

/** The schema that this SQL makes, and the answer to a question in the rebuilt database, into which rows were loaded. */
const readAfter = (sql: string, question = '', rows = ''): Promise<[SourceSchema, unknown[]]> =>
  withTwoDatabases(testSite(), async (source, rebuilt) => {
    await source.make(sql);
    const schema = await source.use(schemaByCatalog);
    await rebuild(rebuilt, schema, (session) => session.query(rows));
    const answer = await rebuilt.use((connection) => connection.query<Record<string, string>>(question));
    return [schema, answer.rows];
  });

test('a schema read from the catalog builds the same objects of every kind', () =>
  withTwoDatabases(testSite(), async (source, rebuilt) => {
    await source.make(everyKind(BUNDLED_MAJOR));
    const schema = await source.use(schemaByCatalog);
    expect(await differencesOnceRebuilt(source, rebuilt, schema)).toEqual([]);
    expect(schema.way).toBe('catalog');
    expect(schema.materializedViews).toEqual(['shop.of_customers', 'shop.z_days', 'shop.a_year']);
    expect(schema.leftOut.map(({ object }) => object)).toEqual([
      'owners and privileges',
      'comments and security labels',
      'tablespaces',
      'event trigger audit',
      'publication changes',
      'foreign-data wrapper nowhere',
      'server far_away',
      'foreign table shop.elsewhere',
      'view shop.from_elsewhere',
      'index shop.left_behind',
    ]);
  }));

test('what needs an object that cannot be written is left out, too, and says so', async () => {
  const [{ leftOut }, rows] = await readAfter(
    `CREATE OPERATOR CLASS upwards FOR TYPE integer USING btree AS
       OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
     CREATE TABLE notes (id integer);
     CREATE INDEX notes_upwards ON notes (id upwards);
     CREATE INDEX notes_id ON notes (id)`,
    `SELECT indexname FROM pg_indexes WHERE schemaname = 'public'`,
  );
  expect(leftOut.map(({ object }) => object).slice(3)).toEqual([
    'operator class public.upwards USING btree',
    'operator family public.upwards USING btree',
    'index public.notes_upwards',
  ]);
  expect(leftOut.at(-1)?.reason).toBe('it needs operator class public.upwards USING btree');
  expect(rows).toEqual([{ indexname: 'notes_id' }]);
});

test('rows that break what was never proved can be loaded, and later ones cannot', async () => {
  const [, rows] = await readAfter(
    `CREATE DOMAIN word AS text;
     CREATE TABLE notes (id integer, body word, late integer);
     INSERT INTO notes VALUES (-1, 'two words', NULL);
     ALTER TABLE notes ADD CONSTRAINT positive CHECK (id > 0) NOT VALID,
       ADD CONSTRAINT known NOT NULL late NOT VALID;
     ALTER DOMAIN word ADD CONSTRAINT no_blank CHECK (VALUE NOT LIKE '% %') NOT VALID`,
    `SELECT conname, convalidated FROM pg_constraint
     WHERE conname IN ('positive', 'known', 'no_blank') ORDER BY conname`,
    `INSERT INTO notes VALUES (-1, 'two words', NULL)`,
  );
  expect(rows).toEqual(['known', 'no_blank', 'positive'].map((conname) => ({ conname, convalidated: 'f' })));
});

test('a child keeps the proof of a check that its parent has not proved', async () => {
  const [, rows] = await readAfter(
    `CREATE TABLE notes (id integer);
     ALTER TABLE notes ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;
     CREATE TABLE new_notes () INHERITS (notes)`,
    `SELECT conrelid::regclass AS "table", convalidated FROM pg_constraint WHERE conname = 'positive' ORDER BY 1`,
  );
  expect(rows).toEqual([
    { table: 'public.notes', convalidated: 'f' },
    { table: 'public.new_notes', convalidated: 't' },
  ]);
});

test('a compression that the rebuilding server has not is not carried over, and told by the comparison', () =>
  withTwoDatabases(testSite(), async (source, rebuilt) => {
    await source.make(`
      CREATE TABLE notes (body text);
      UPDATE pg_attribute SET attcompression = 'l' WHERE attrelid = 'notes'::regclass AND attname = 'body'`);
    const schema = await source.use(schemaByCatalog);
    expect(schema.beforeRows).toContain('ALTER COLUMN body SET COMPRESSION lz4');
    const hasLz4 = await source.use(async (connection) => {
      const { rows } = await connection.query<{ known: string }>(
        `SELECT enumvals @> '{lz4}' AS known FROM pg_settings WHERE name = 'default_toast_compression'`,
      );
      return rows[0]?.known === 't';
    });
    expect(await differencesOnceRebuilt(source, rebuilt, schema)).toEqual(
      hasLz4
        ? []
        : [
            'table column public.notes.body differs: text, storage x instead of text, storage x, compression l',
          ],
    );
  }));

test('what an extension makes is left to it', async () => {
  const [{ beforeRows, afterRows }] = await readAfter(
    `CREATE EXTENSION citext; CREATE TABLE people (name citext PRIMARY KEY); CREATE INDEX people_low ON people (lower(name))`,
  );
  expect(beforeRows.match(/^(CREATE|ALTER) .*/gm)).toEqual([
    'CREATE SCHEMA IF NOT EXISTS public;',
    'CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;',
    'CREATE TABLE public.people (',
  ]);
  expect(afterRows.match(/^(CREATE|ALTER) .*/gm)).toEqual([
    'ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (name);',
    'CREATE INDEX people_low ON public.people USING btree (lower((name)::text));',
  ]);
});

test('names are written with their schema whatever the search path of the session is', () =>
  withTwoDatabases(testSite(), async (source) => {
    await source.make(everyKind(BUNDLED_MAJOR));
    const expected = await source.use(schemaByCatalog);
    const found = await source.use(async (connection) => {
      await connection.query(`SET search_path = shop, "Odd ""schema", public`);
      return schemaByCatalog(connection);
    });
    expect(found).toEqual(expected);
  }));

test('a role without a right on any table reads the same schema', () =>
  withTwoDatabases(testSite(), async (source) => {
    await source.make(everyKind(BUNDLED_MAJOR));
    const expected = await source.use(schemaByCatalog);
    const found = await source.use(async (connection) => {
      await connection.query('SET ROLE pg_signal_backend');
      await expect(connection.query('SELECT FROM shop.orders')).rejects.toThrow('permission denied');
      return schemaByCatalog(connection);
    });
    expect(found).toEqual(expected);
  }));

test('reading writes nothing and takes no lock that a reader of rows does not take', () =>
  withTwoDatabases(testSite(), async (source) => {
    await source.make(everyKind(BUNDLED_MAJOR));
    await source.use(async (connection) => {
      await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await schemaByCatalog(connection);
      const { rows } = await connection.query(
        `SELECT DISTINCT mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'`,
      );
      expect(rows).toEqual([{ mode: 'AccessShareLock' }]);
      await connection.query('COMMIT');
    });
  }));

test('settings of the session that builds a schema are as they were', () =>
  withTwoDatabases(testSite(), async (source, rebuilt) => {
    await source.make('CREATE TABLE notes (id integer PRIMARY KEY)');
    const schema = await source.use(schemaByCatalog);
    await rebuild(rebuilt, schema, async (session) => {
      const { rows } = await session.query(
        `SELECT name FROM pg_settings WHERE source = 'session' AND name IN
           ('check_function_bodies', 'xmloption', 'client_min_messages', 'search_path')`,
      );
      expect(rows).toEqual([]);
    });
  }));
