import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { sequenceSql } from './sequences.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

const inside = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, new AbortController().signal, use);

test('sequences go on behind the rows, and those of no column where they were', async () => {
  await inside(async (connection) => {
    await connection.query(`
      CREATE SCHEMA "Sales";
      CREATE TABLE "Sales"."Orders" ("Id" integer GENERATED ALWAYS AS IDENTITY, at serial);
      INSERT INTO "Sales"."Orders" ("Id", at) OVERRIDING SYSTEM VALUE VALUES (7, 70), (5, 60);
      CREATE TABLE nothing (id serial);
      CREATE SEQUENCE numbers INCREMENT 10;
      CREATE SEQUENCE unused START 3;
      SELECT nextval('numbers'), nextval('numbers')`);
    const sql = await sequenceSql(connection);
    await connection.query(`ALTER SEQUENCE numbers RESTART; ${sql}`);
    const next = async (name: string): Promise<string | undefined> =>
      (await connection.query<{ next: string }>('SELECT nextval($1) AS next', [name])).rows[0]?.next;
    expect(await next('"Sales"."Orders_Id_seq"')).toBe('8');
    expect(await next('"Sales"."Orders_at_seq"')).toBe('71');
    expect(await next('nothing_id_seq')).toBe('1');
    expect(await next('numbers')).toBe('21');
    expect(await next('unused')).toBe('3');
  });
});
