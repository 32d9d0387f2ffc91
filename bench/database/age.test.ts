import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { RunError } from '../model/errors.ts';
import { ageByShares, ageByFile } from './age.ts';
import { withConnection, type Connection } from './connection.ts';
import { readSqlFile } from './sql-file.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const inside = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, new AbortController().signal, use);

const rowsOf = async (connection: Connection, sql: string): Promise<unknown[]> =>
  (await connection.query({ text: sql, rowMode: 'array' })).rows;

test('a fifth of each table is updated, whatever its columns are, and no value changes', async () => {
  await inside(async (connection) => {
    await connection.query(`
      CREATE TABLE "Odd" (
        number integer GENERATED ALWAYS AS IDENTITY,
        double integer GENERATED ALWAYS AS (value * 2) STORED,
        value integer PRIMARY KEY);
      INSERT INTO "Odd" (value) SELECT generate_series(1, 23);
      CREATE TABLE nothing (i integer GENERATED ALWAYS AS IDENTITY);
      INSERT INTO nothing DEFAULT VALUES;
      CREATE TABLE parted (i integer, j integer) PARTITION BY RANGE (i);
      CREATE TABLE low PARTITION OF parted FOR VALUES FROM (0) TO (10);
      CREATE TABLE high PARTITION OF parted DEFAULT;
      INSERT INTO parted SELECT i, i FROM generate_series(1, 20) AS i`);
    const values = 'SELECT * FROM "Odd" ORDER BY value';
    const before = await rowsOf(connection, values);
    expect(await ageByShares(connection, [{ name: 'Odd' }, { name: 'nothing' }, { name: 'parted' }])).toEqual(
      new Map([['updated', 4 + 4]]),
    );
    expect(await rowsOf(connection, values)).toEqual(before);
    const moved = 'SELECT value FROM "Odd" WHERE ctid > $$(0,23)$$ ORDER BY value';
    expect(await rowsOf(connection, moved)).toEqual([['5'], ['10'], ['15'], ['20']]);
  });
});

test("operators of the schema's own take no part in it", async () => {
  await inside(async (connection) => {
    await connection.query(`
      CREATE FUNCTION refused(oid, oid) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'called'; END $$;
      CREATE FUNCTION refused(tid, tid) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'called'; END $$;
      CREATE OPERATOR = (FUNCTION = refused, LEFTARG = oid, RIGHTARG = oid);
      CREATE OPERATOR = (FUNCTION = refused, LEFTARG = tid, RIGHTARG = tid);
      CREATE TABLE t (i integer);
      INSERT INTO t SELECT generate_series(1, 10);
      SET search_path = public, pg_catalog`);
    expect(await ageByShares(connection, [{ name: 't' }])).toEqual(new Map([['updated', 2]]));
  });
});

test("a schema's triggers neither see the updates, nor are they other ones afterwards", async () => {
  await inside(async (connection) => {
    await connection.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'fired'; END $$;
      CREATE TABLE t (i integer) PARTITION BY RANGE (i);
      CREATE TABLE p PARTITION OF t DEFAULT;
      INSERT INTO t SELECT generate_series(1, 10);
      CREATE TRIGGER plain BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
      CREATE TRIGGER "Always" BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION refuse();
      ALTER TABLE p ENABLE ALWAYS TRIGGER "Always";
      CREATE TRIGGER off BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION refuse();
      ALTER TABLE p DISABLE TRIGGER off;
      CREATE TRIGGER replica BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION refuse();
      ALTER TABLE p ENABLE REPLICA TRIGGER replica`);
    const states = 'SELECT tgrelid::regclass, tgname, tgenabled FROM pg_trigger ORDER BY 1, 2';
    const before = await rowsOf(connection, states);
    expect(before).toHaveLength(5);
    expect(await ageByShares(connection, [{ name: 't' }])).toEqual(new Map([['updated', 2]]));
    expect(await rowsOf(connection, states)).toEqual(before);
    await expect(connection.query('UPDATE t SET i = i')).rejects.toThrow('fired');
  });
});

test('a table that cannot be updated is named, with what to do about it', async () => {
  await inside(async (connection) => {
    await connection.query('CREATE TABLE t (i integer); INSERT INTO t SELECT generate_series(1, 5)');
    await connection.query('ALTER TABLE t ADD CHECK (i < 5) NOT VALID');
    const error: unknown = await ageByShares(connection, [{ name: 't' }]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Ageing table "t" failed: .*violates check constraint/) as string,
      remedy: 'Name a file with updates of your own: dataset.age of the suite.',
    });
    expect(await rowsOf(connection, 'SELECT count(*) FROM t')).toEqual([['5']]);
  });
});

test('rows that a file ages are counted by what is done to them', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'age-'));
  const file = join(directory, 'age.sql');
  await writeFile(
    file,
    'UPDATE t SET i = i WHERE i > 2; DELETE FROM t WHERE i = 1; UPDATE t SET i = i; SELECT * FROM t;',
  );
  await inside(async (connection) => {
    await connection.query('CREATE TABLE t (i integer); INSERT INTO t SELECT generate_series(1, 5)');
    const aged = await ageByFile(connection, await readSqlFile(file));
    expect([...aged]).toEqual([
      ['updated', 3 + 4],
      ['deleted', 1],
    ]);
  });
  await rm(directory, { recursive: true });
});
