import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { least, suitesInFolder } from './least-suite.fixture.ts';

const { pathOf, problemsOf } = suitesInFolder();

describe('the tables of a schema', () => {
  const schemaWith = async (sql: string, table: string): Promise<string[]> => {
    await writeFile(pathOf('other.sql'), sql);
    const read = { id: 'a', sql: `SELECT * FROM ${table}` };
    return problemsOf({ ...least, migrations: ['schema.sql', 'other.sql'], reads: [read] });
  };

  test.each([
    ['in a schema', 'CREATE SCHEMA app CREATE TABLE t (i int)', 't'],
    ['named with its schema', 'CREATE TABLE app.t (i int)', 'app.t'],
    ['moved to another schema', 'CREATE TABLE t (i int); ALTER TABLE t SET SCHEMA app', 'app.t'],
    ['renamed', 'CREATE TABLE old (i int); ALTER TABLE old RENAME TO t', 't'],
    ['foreign', 'CREATE FOREIGN TABLE t (i int) SERVER s', 't'],
    ['made from a query', 'CREATE TABLE t AS SELECT 1', 't'],
    ['made by SELECT INTO', 'SELECT 1 AS i INTO t', 't'],
    [
      'a partition',
      'CREATE TABLE p (i int) PARTITION BY RANGE (i); CREATE TABLE t PARTITION OF p DEFAULT',
      't',
    ],
    ['a view', 'CREATE VIEW t AS SELECT 1', 't'],
    ['a materialized view', 'CREATE MATERIALIZED VIEW t AS SELECT 1', 't'],
    ['the sequence of a serial column', '', 'notes_id_seq'],
    [
      'after what pg_dump writes',
      "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE t (i int)",
      't',
    ],
  ])('are known when they are %s', async (_, sql, table) => {
    expect(await schemaWith(sql, table)).toEqual([]);
  });

  test.each([
    ['dropped', 'CREATE TABLE t (i int); DROP TABLE t', 't'],
    ['renamed', 'CREATE TABLE t (i int); ALTER TABLE t RENAME TO u', 't'],
    ['in another schema', 'CREATE TABLE app.t (i int)', 'other.t'],
  ])('are not known when they are %s', async (_, sql, table) => {
    expect(await schemaWith(sql, table)).toEqual([expect.stringContaining('the schema has no table "t"')]);
  });

  test('are named with their schema, unless that is public', async () => {
    await writeFile(pathOf('other.sql'), 'CREATE TABLE app.elsewhere (i int)');
    const tables = [{ ...least.dataset.tables[0], name: 'elsewhere' }];
    const suite = { ...least, migrations: ['schema.sql', 'other.sql'], dataset: { tables } };
    expect(await problemsOf(suite)).toEqual([
      'dataset.tables[0].name: the schema has no table "elsewhere"; known are notes, app.elsewhere',
    ]);
  });

  test.each([
    ['DO', 'DO $$ BEGIN CREATE TABLE t (i int); END $$'],
    ['a call', 'CALL make_tables()'],
    ['a function', 'SELECT make_tables()'],
    ['an extension', 'CREATE EXTENSION postgis'],
    ['what the parser refuses', 'CREATE TABEL t'],
  ])('are left to the server after %s', async (_, sql) => {
    expect(await schemaWith(sql, 'anything')).toEqual([]);
  });
});
