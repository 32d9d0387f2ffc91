import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { loadModule } from 'libpg-query';
import { codeOfOthers, otherCodeIn, type CodeOfOthers } from './code-of-others.ts';

const { signal } = new AbortController();
const ROLE = `other_${process.pid}`;

/** Of a role that is no superuser, in a database of one. */
const SCHEMA = `
  CREATE ROLE ${ROLE};
  GRANT CREATE ON SCHEMA public TO ${ROLE};
  CREATE TABLE plain (id integer, note text);
  CREATE FUNCTION ours() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
  SET ROLE ${ROLE};
  CREATE FUNCTION theirs() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
  CREATE FUNCTION are_alike(text, integer) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
  CREATE OPERATOR ~~~ (FUNCTION = are_alike, LEFTARG = text, RIGHTARG = integer);
  CREATE DOMAIN small AS integer CHECK (VALUE < theirs() + 10);
  CREATE TABLE filled (id integer DEFAULT theirs());
  CREATE TABLE checked (id integer, CHECK (id > theirs()));
  CREATE TABLE typed (id small);
  CREATE TABLE harmless (id integer);
  CREATE VIEW seen AS SELECT id FROM harmless WHERE id > theirs();
  CREATE VIEW seen_again AS SELECT id FROM seen;
  CREATE TABLE parted (id integer DEFAULT 1) PARTITION BY LIST (id);
  CREATE TABLE part PARTITION OF parted (id DEFAULT theirs()) FOR VALUES IN (1);
  RESET ROLE;`;

let database: FreshDatabase;
let code: CodeOfOthers;

const asOwner = <T>(use: (owner: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, signal, use);

beforeAll(async () => {
  await loadModule();
  database = await freshDatabase();
  await asOwner((owner) => owner.query(SCHEMA));
  code = await asOwner(codeOfOthers);
});
afterAll(async () => {
  await asOwner((owner) => owner.query(`DROP OWNED BY ${ROLE} CASCADE; DROP ROLE ${ROLE}`));
  await database.drop();
});

test.each([
  'SELECT * FROM plain WHERE id > theirs()',
  'SELECT * FROM plain WHERE note OPERATOR(public.~~~) $1',
  'SELECT $1::small',
  'SELECT $1::public.small[]',
  'INSERT INTO filled VALUES (DEFAULT)',
  'SELECT * FROM checked WHERE id = $1',
  'SELECT * FROM typed',
  'SELECT * FROM seen_again',
  'INSERT INTO parted VALUES ($1)',
  `SELECT * FROM plain WHERE length(table_to_xml('seen', true, true, '')::text) > id`,
  'SELECT some syntax of later majors',
])('%s is not planned: code of another role could run', (sql) => {
  expect(otherCodeIn(sql, code)).toBeDefined();
});

test.each([
  'SELECT * FROM plain WHERE id > ours() AND note ~~ $1',
  'SELECT count(*) FROM harmless JOIN plain USING (id)',
  'UPDATE plain SET note = lower($1) WHERE id = $2::integer',
])('%s is planned', (sql) => {
  expect(otherCodeIn(sql, code)).toBeUndefined();
});

test('the role itself, and superusers, are trusted', async () => {
  const own = await asOwner(async (owner) => {
    await owner.query(`SET ROLE ${ROLE}`);
    return codeOfOthers(owner);
  });
  expect(otherCodeIn('SELECT * FROM plain WHERE id > theirs()', own)).toBeUndefined();
});
