import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { findStatements } from './find-statements.ts';

const never = new AbortController().signal;
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const SCHEMA = `
  CREATE EXTENSION pg_stat_statements;
  CREATE TABLE films (id integer PRIMARY KEY, title text);
  INSERT INTO films VALUES (1, 'one');
  CREATE MATERIALIZED VIEW titles AS SELECT title FROM films;
  CREATE FUNCTION in_stock(film integer) RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM films WHERE id = film)';
  CREATE PROCEDURE restock() LANGUAGE sql AS 'UPDATE films SET title = title';`;

/** What each of them does with the rows of a table, nothing tells. */
const USING_ROWS = [
  'SELECT in_stock($1)',
  'CALL public.restock()',
  "COPY films FROM '/dev/null'",
  'REFRESH MATERIALIZED VIEW titles',
];
const OTHERS = [
  'SELECT now()',
  "COPY films TO '/dev/null'",
  'SELECT relname FROM pg_class',
  'VACUUM films',
  'BEGIN ISOLATION LEVEL REPEATABLE READ',
  'SET LOCAL work_mem = 4096',
  "/* name: of a report */ SET application_name = 'report'",
  'COMMIT',
];

test('what a function, a procedure, COPY or REFRESH does with rows is left out by name', async () => {
  const { replayable, leftOut } = await withConnection(database.login, never, async (connection) => {
    await connection.query(SCHEMA);
    await connection.query(
      'SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()))',
    );
    for (const sql of [...USING_ROWS, ...OTHERS, 'SELECT title FROM films WHERE id = $1'])
      await connection.query(sql, sql.includes('$1') ? [1] : []);
    return findStatements(connection, {
      ...{ touched: [], empty: [], unreadable: [], searchPath: ['public'] },
      ...{ queries: undefined, described: undefined, redaction: undefined },
    });
  });
  expect(replayable.map(({ sql }) => sql)).toEqual(['SELECT title FROM films WHERE id = $1']);
  expect(new Set(leftOut.map(({ sql }) => sql))).toEqual(new Set(USING_ROWS));
  expect(leftOut.find(({ sql }) => sql.includes('in_stock'))?.reason).toBe(
    'it names no table: a function may read some',
  );
});
