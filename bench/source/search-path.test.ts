import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../database/connection.ts';
import { CATALOG_SETTINGS, type Login } from '../database/login.ts';
import type { SearchPath } from '../model/source.ts';
import type { RanStatement } from './name-lookups.ts';
import { readSearchPath } from './search-path.ts';

const { signal } = new AbortController();

let database: FreshDatabase;
/** One of them has a schema of its own name. */
const roles = { app: '', batch: '', plain: '' };

beforeAll(async () => {
  database = await freshDatabase();
  const name = new URL(database.url).pathname.slice(1);
  for (const role of ['app', 'batch', 'plain'] as const) roles[role] = `${name}_${role}`;
  await execute(`
    CREATE SCHEMA shop; CREATE SCHEMA "Odd, one"; CREATE SCHEMA "${roles.app}"; CREATE TABLE shop.orders (id integer);
    CREATE ROLE "${roles.app}"; CREATE ROLE "${roles.batch}"; CREATE ROLE "${roles.plain}";
    ALTER DATABASE "${name}" SET search_path = shop, gone, public;
    ALTER ROLE "${roles.app}" SET search_path = batch;
    ALTER ROLE "${roles.app}" IN DATABASE "${name}" SET search_path = "$user", "Odd, one", SHOP;`);
});
afterAll(async () => {
  await execute(`DROP ROLE "${roles.app}", "${roles.batch}", "${roles.plain}"`);
  await database.drop();
});

/** What a role ran, in so many milliseconds. */
const ran = (role: string, totalMs: number, sql = 'SELECT * FROM orders'): RanStatement => ({
  role,
  sql,
  totalMs,
});

const execute = (sql: string): Promise<unknown> =>
  withConnection(database.login, signal, (connection) => connection.query(sql));

function pathOf(ran: readonly RanStatement[], url = database.url): Promise<SearchPath> {
  const login: Login = { ...database.login, url, settings: CATALOG_SETTINGS };
  return withConnection(login, signal, (connection) => readSearchPath({ connection, login }, ran, signal));
}

test('the path of the role with the most time is taken, with its own schema, and the schemas that exist', async () => {
  expect(await pathOf([ran(roles.app, 9), ran(roles.batch, 4)])).toEqual({
    schemas: [roles.app, 'Odd, one', 'shop'],
    of: `role ${roles.app}`,
    others: [roles.batch],
  });
});

test('a role without a setting has that of the database', async () => {
  expect(await pathOf([ran(roles.batch, 9), ran(roles.plain, 4)])).toEqual({
    schemas: ['shop', 'public'],
    of: `role ${roles.batch}`,
    others: [],
  });
});

test('a role that finds more of the tables goes before one with more time, and copies count for nothing', async () => {
  const copies = ran(roles.plain, 99, 'COPY shop.orders TO STDOUT');
  await execute(`ALTER ROLE "${roles.batch}" SET search_path = public`);
  const taken = await pathOf([ran(roles.batch, 50), ran(roles.app, 9), copies]);
  await execute(`ALTER ROLE "${roles.batch}" RESET search_path`);
  expect(taken).toEqual({
    schemas: [roles.app, 'Odd, one', 'shop'],
    of: `role ${roles.app}`,
    others: [roles.batch],
  });
});

test('where no role is known, the session that reads says it', async () => {
  expect(await pathOf([])).toMatchObject({ schemas: ['shop', 'public'], others: [] });
});

test('one that the URL sets is taken whatever the roles have', async () => {
  const url = `${database.url}?options=${encodeURIComponent('-c search_path=public')}`;
  expect(await pathOf([ran(roles.app, 9)], url)).toEqual({ schemas: ['public'], of: 'the URL', others: [] });
});
