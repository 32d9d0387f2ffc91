import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testSite } from '../../../tests/fixtures/test-server.fixture.ts';
import { loadTables } from '../../../seed/load.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { copyTables } from '../copy-tables.ts';
import { withSource } from '../open-source.ts';
import { planSample } from '../sample/sample-plan.ts';
import { rebuild, withTwoDatabases, type TestDatabase } from '../schema/rebuilding.fixture.ts';
import { schemaByCatalog } from '../schema/schema-by-catalog/schema-by-catalog.ts';
import { sourceTables } from '../source-tables.ts';
import { readCatalog } from '../statements/read-catalog.ts';
import { constraintError } from './constraint-error.ts';
import { fakeStatement } from './fake-statement.ts';
import { redactionOf, type Redaction } from './redaction.ts';

const { signal } = new AbortController();

const SCHEMA = `
  CREATE DOMAIN label AS varchar(40) CHECK (VALUE <> '');
  CREATE TABLE cities (name text PRIMARY KEY, photo bytea);
  CREATE TABLE people (
    id integer PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email ~ '^[a-z0-9.]+@[a-z]+\\.org$'),
    city text NOT NULL REFERENCES cities,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'Gone')),
    title label,
    initial char(3),
    tags text[],
    profile jsonb,
    born date,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple', email)) STORED
  );
  CREATE UNIQUE INDEX people_lower ON people (lower(email));
  CREATE INDEX people_gone ON people (city) WHERE state = 'Gone';
  CREATE TABLE letters (id integer PRIMARY KEY, email text REFERENCES people (email), body text);
  INSERT INTO cities SELECT 'Quarzstadt ' || chr(65 + i), decode(md5(i::text) || md5('x'), 'hex') FROM generate_series(0, 9) AS i;
  INSERT INTO people
    SELECT i, 'zoltan' || i || '@kupferwerk.org', 'Quarzstadt ' || chr(65 + i * i % 10), CASE WHEN i % 7 = 0 THEN 'Gone' ELSE 'active' END,
           'Freifräulein ' || i % 30, 'xyz', ARRAY['birnbaum', NULL, 'haus ' || i % 4],
           jsonb_build_object('nickname', 'Wolke' || i % 9, 'age', i % 80), date '1970-01-01' + i
    FROM generate_series(1, 400) AS i;
  INSERT INTO letters SELECT i, 'zoltan' || i || '@kupferwerk.org', E'Lieber\\tZoltan,\\nam Birnbaum \\\\ ' || i % 5 FROM generate_series(1, 300) AS i;
  ANALYZE`;

/** All of these stand in columns that are free to hold anything. */
const ORIGINAL = /zoltan|kupferwerk|quarzstadt|freifr|birnbaum|wolke|lieber/i;

interface Redacted {
  redaction: Redaction;
  folder: string;
  /** Rows with fakes in a database with the same schema. */
  load: (rebuilt: TestDatabase) => Promise<void>;
}

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'redact-'))));
afterAll(() => rm(folder, { recursive: true }));

/** Runs `use` with a source, its rows as files with fakes, and an empty database. */
const redacted = (
  sql: string,
  keptTexts: readonly string[],
  use: (source: TestDatabase, rebuilt: TestDatabase, redacted: Redacted) => Promise<void>,
): Promise<void> =>
  withTwoDatabases(testSite(), async (source, rebuilt) => {
    await source.make(sql);
    await withSource({ login: source.login }, signal, async (opened) => {
      const schema = await schemaByCatalog(opened.connection);
      const tables = await sourceTables(opened.connection);
      const both = schema.beforeRows + schema.afterRows;
      const redaction = await redactionOf(opened.connection, {
        keptTexts,
        tables,
        sql: both,
        searchPath: ['public'],
      });
      const sample = planSample(tables, [], Infinity);
      const fileOf = ({ name }: { name: string }): string => join(folder, name);
      await copyTables(opened, { tables, sample, redaction }, fileOf, () => undefined, signal);
      const copied = tables.map((table) => ({ ...table, file: fileOf(table) }));
      const load = (connection: Connection) =>
        loadTables([connection], { tables: copied, scale: 1, seed: 0, signal });
      await use(source, rebuilt, { redaction, folder, load: (to) => rebuild(to, schema, load) });
    });
  });

/** In a session with the usual search path. */
const answer = ({ login }: TestDatabase, sql: string): Promise<unknown[]> =>
  withConnection(
    { ...login, settings: {} },
    signal,
    async (connection) => (await connection.query<Record<string, unknown>>(sql)).rows,
  );

/** How often the values of a column occur, and how long they are: the same for fakes. */
const frequencies = (column: string, table: string): string => `
  SELECT count(*) AS times, length(${column}::text) AS characters, octet_length(${column}::text) AS bytes
  FROM ${table} GROUP BY ${column} ORDER BY 1, 2, 3`;

test('fakes have the lengths and frequencies of the texts, and every constraint and predicate holds', () =>
  redacted(SCHEMA, [], async (source, rebuilt, { redaction, load }) => {
    for (const name of ['cities', 'people', 'letters'])
      expect(await readFile(join(folder, name), 'utf8')).not.toMatch(ORIGINAL);
    await load(rebuilt);
    const columns = ['email', 'city', 'state', 'title', 'initial', 'tags', 'profile', 'born'];
    const asked = [
      ...columns.map((column) => frequencies(column, 'people')),
      ...[frequencies('photo', 'cities'), frequencies('body', 'letters')],
      'SELECT state, count(*) FROM people GROUP BY 1 ORDER BY 1',
      "SELECT count(*) FROM people WHERE city IN (SELECT name FROM cities) AND state = 'Gone'",
      "SELECT count(*) FROM people JOIN letters USING (email) WHERE profile ->> 'age' = '7'",
      'SELECT id, born FROM people ORDER BY id',
    ];
    for (const sql of asked) expect(await answer(rebuilt, sql), sql).toEqual(await answer(source, sql));
    await literalsFindTheirRows(source, rebuilt, redaction);
  }));

/** Literals of statements are replaced as the rows are; the schema's own, and what is no text, stay. */
async function literalsFindTheirRows(
  source: TestDatabase,
  rebuilt: TestDatabase,
  redaction: Redaction,
): Promise<void> {
  const catalog = await source.use(readCatalog);
  const statements = [
    "SELECT id FROM people WHERE email = 'zoltan12@kupferwerk.org'",
    "SELECT id FROM people p WHERE lower(p.email) = lower('ZOLTAN13@kupferwerk.org') AND state IN ('Gone', 'active')",
    "SELECT id FROM people WHERE city LIKE 'Quarzst%' AND born > '1970-02-01' ORDER BY id",
    "SELECT id FROM people WHERE profile ->> 'nickname' = 'Wolke3' AND tags @> '{birnbaum}' ORDER BY id",
    `SELECT id FROM people WHERE profile @> '{"nickname": "Wolke3", "age": 3}' AND 'birnbaum' = ANY (tags) ORDER BY id`,
    "SELECT id FROM letters WHERE email IN (SELECT email FROM people WHERE title = 'Freifräulein 7') ORDER BY id",
  ];
  for (const sql of statements) {
    const changed = fakeStatement({ ...OBSERVED, sql }, catalog, redaction);
    expect(changed.sql).not.toMatch(ORIGINAL);
    const found = await answer(source, sql);
    expect(found.length).toBeGreaterThan(0);
    expect(await answer(rebuilt, changed.sql), changed.sql).toEqual(found);
  }
  const sql = "SELECT id FROM people WHERE email = $1 AND born = $2 AND email ~ 'x'";
  const logged = { ...OBSERVED, sql, values: ['zoltan1@kupferwerk.org', '1970-01-02'] };
  expect(fakeStatement(logged, catalog, redaction)).toMatchObject({
    sql: "SELECT id FROM people WHERE email = $1 AND born = $2 AND email ~ '...'",
    refusal: expect.stringMatching(/^nothing tells which fake/) as string,
  });
  const plain = { ...logged, sql: logged.sql.replace(" AND email ~ 'x'", '') };
  const { values } = fakeStatement(plain, catalog, redaction);
  expect(values?.[0]).toMatch(/^[a-z]{6}\d@[a-z]{10}\.org$/);
  expect(values?.[1]).toBe('1970-01-02');
  const called = { ...OBSERVED, sql: "CALL invite('zoltan1@kupferwerk.org')" };
  expect(fakeStatement(called, catalog, redaction).sql).not.toMatch(ORIGINAL);
}

const OBSERVED = { calls: 1, totalMs: 1, weight: 1, origin: 'test' };

const DOCUMENTS = `
  CREATE EXTENSION hstore;
  CREATE TABLE papers (
    id integer, labels hstore, plain json, page xml, photo bytea, name text, seen timestamptz, tags text[], docs jsonb[]);
  CREATE FUNCTION named(integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT chr(81) || chr(117) || $1::text';
  INSERT INTO papers
    SELECT i, hstore('colour', 'Quarz' || i % 3), '{"name": "\\u0051uarz\\u738b"}',
           xml('<!DOCTYPE p [<!ENTITY who "Quarz">]><p><?pi Quarz?>&who; &#81;uarz</p>'), 'Quarz', 'Quarz王', now(), NULL, ARRAY['{"name": "Quarz"}'::jsonb]
    FROM generate_series(1, 9) AS i`;

/** With rows that they find in the source, or undefined where they are left out. */
const ON_PAPERS = {
  "SELECT id FROM papers WHERE labels -> 'colour' = 'Quarz1' /* Quarz */": 3,
  "SELECT id FROM papers WHERE labels @> 'colour=>Quarz2' OR lower(labels -> 'colour') = 'quarz0' -- Quarz": 6,
  "SELECT id FROM papers WHERE photo = 'Quarz' AND plain ->> 'name' = $$Quarz王$$": 9,
  "SELECT id FROM papers WHERE CASE name WHEN E'Quarz\\u738b' THEN 'Quarz' ELSE 'Nebel' END = 'Nebel'":
    undefined,
  "SELECT 'Quarz', CASE name WHEN 'Quarz王' THEN 'Quarz' END FROM papers WHERE seen > now() - interval '7 days'": 9,
  "SELECT date_trunc('hour', seen) FROM papers WHERE labels ? 'colour' AND seen > '2020-01-01'": 9,
  "SELECT v.n FROM papers JOIN (VALUES ('Quarz王')) AS v (n) ON v.n = name": 9,
  "SELECT id FROM papers WHERE name = coalesce(name, 'Quarz') || ''": 9,
  "SELECT id FROM papers WHERE plain ->> 'name' = '[Quarz' OR '[Quarz=' = ANY (tags)": 0,
  "SELECT id FROM papers WHERE docs[1] ->> 'name' = 'Quarz'": 9,
  'SELECT id FROM papers WHERE docs[1] @> \'{"name": "Quarz"}\'': 9,
  'SELECT id FROM papers WHERE docs = ARRAY[\'{"name": "Quarz"}\']::jsonb[]': 9,
  'SELECT id FROM papers WHERE \'{"name": "Quarz"}\' = ANY (docs)': 9,
  "SELECT id FROM papers WHERE named(id) = 'Quarz'": undefined,
  "SELECT id FROM papers WHERE lower(named(id)) || 'x' LIKE 'Quarz%'": undefined,
  "SELECT id FROM papers WHERE name ~ 'Quarz'": undefined,
  "SELECT id FROM papers WHERE replace(name, 'Quarz', '') <> ''": undefined,
  "SELECT id FROM papers WHERE name = U&'Quarz\\738b'": undefined,
};

test('no escape, no entity, no comment and no literal of a statement has an original text', () =>
  redacted(DOCUMENTS, [], async (source, rebuilt, { redaction, load }) => {
    const rows = await readFile(join(folder, 'papers'), 'utf8');
    expect(rows).not.toMatch(/quarz|u0051|738b|#81/i);
    await load(rebuilt);
    expect(
      await answer(
        rebuilt,
        "SELECT DISTINCT plain ->> 'name' = name AS same, (xpath('/p/text()', page))[1]::text = ' ' || left(name, 5) AS in_xml FROM papers",
      ),
    ).toEqual([{ same: 't', in_xml: 't' }]);
    const catalog = await source.use(readCatalog);
    for (const [sql, found] of Object.entries(ON_PAPERS)) {
      const changed = fakeStatement({ ...OBSERVED, sql }, catalog, redaction);
      expect(changed.sql).not.toMatch(/quarz|nebel|738b/i);
      expect(changed.refusal === undefined, sql).toBe(found !== undefined);
      if (found !== undefined) expect(await answer(rebuilt, changed.sql), changed.sql).toHaveLength(found);
    }
  }));

const CODES = `
  CREATE TABLE codes (code text CONSTRAINT german CHECK (code ~ '^DE[0-9]+$'), other text);
  INSERT INTO codes SELECT 'DE' || i, 'Zoltan' FROM generate_series(1, 9) AS i`;

test('a constraint that a fake breaks is named, with the flags that help', () =>
  redacted(CODES, [], async (_, rebuilt, { load, redaction }) => {
    const failure: unknown = await load(rebuilt).catch((error: unknown) => constraintError(error, redaction));
    expect(failure).toMatchObject({
      message: expect.stringMatching(/"codes" failed: .* violates check constraint "german"/) as string,
      remedy: expect.stringMatching(
        /constraint german of codes[^]*--keep-text codes\.COLUMN; .*--exclude codes/,
      ) as string,
    });
  }));

test('a column that keeps its texts has them, and another one has fakes', () =>
  redacted(CODES, ['codes.code'], async (_, rebuilt, { load }) => {
    await load(rebuilt);
    expect(
      await answer(rebuilt, 'SELECT min(code) AS code, bool_or(other = $$Zoltan$$) AS same FROM codes'),
    ).toEqual([{ code: 'DE1', same: 'f' }]);
  }));

test('types of which nothing is known, and columns that are not there, are refused together', async () => {
  const typed = 'CREATE TYPE pair AS (a text, b text); CREATE TABLE pairs (p pair, q pair[], r int4range)';
  await expect(redacted(typed, ['pairs.z'], () => Promise.resolve())).rejects.toMatchObject({
    problems: [
      '--redact: nothing is known of texts in pairs.p, of type public.pair; to keep them: --keep-text pairs.p',
      '--redact: nothing is known of texts in pairs.q, of type public.pair[]; to keep them: --keep-text pairs.q',
      '--keep-text: the source has no column pairs.z',
    ],
  });
});
