import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from './connection.ts';
import { OWN_SETTINGS } from './own-database.ts';
import { cleanPendingLists, cleanPendingList, listGinIndexes, pendingRows } from './pending-lists.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

/** As in databases of our own, once the tables are there. */
const connected = async (use: (admin: Connection) => Promise<void>): Promise<void> => {
  const { signal } = new AbortController();
  await withConnection(database.login, signal, (connection) => connection.query(TABLES));
  await withConnection({ ...database.login, settings: OWN_SETTINGS }, signal, use);
};

const TABLES = `
  CREATE TABLE notes (id int, tags int[]);
  CREATE INDEX notes_tags ON notes USING gin (tags);
  CREATE INDEX notes_id ON notes (id);
  CREATE TABLE parted (id int, tags int[]) PARTITION BY RANGE (id);
  CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (150);
  CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (150) TO (1000);
  CREATE INDEX parted_tags ON parted USING gin (tags);
  INSERT INTO notes SELECT i, ARRAY[i, i % 7] FROM generate_series(1, 300) AS i;
  INSERT INTO parted SELECT * FROM notes;`;

const PENDING = `
  SELECT sum((public.pgstatginindex(oid)).pending_pages) AS pages FROM pg_class WHERE oid = ANY ($1)`;

test('a pending list has the pages and rows that pgstattuple reads, and is empty once it is cleaned', () =>
  connected(async (connection) => {
    const indexes = await listGinIndexes(connection);
    expect(indexes.map(({ name, parts }) => [name, parts[0]?.oids.length])).toEqual([
      ['notes_tags', 1],
      ['parted_tags', 2],
    ]);
    for (const index of indexes) {
      expect(await pendingRows(connection, index)).toBe(300);
      await connection.query('CREATE EXTENSION pgstattuple SCHEMA public');
      const { rows } = await connection.query<{ pages: string }>(PENDING, [index.parts[0]?.oids]);
      await connection.query('DROP EXTENSION pgstattuple');
      expect(await cleanPendingList(connection, index)).toBe(Number(rows[0]?.pages));
      expect(await pendingRows(connection, index)).toBe(0);
    }
  }));

test('all lists are cleaned, those of tables that VACUUM leaves alone, too', () =>
  connected(async (connection) => {
    await connection.query('ALTER TABLE public.notes SET (vacuum_index_cleanup = off)');
    await connection.query('VACUUM');
    const rowsOf = async (): Promise<unknown[]> => {
      const rows: unknown[] = [];
      for (const index of await listGinIndexes(connection)) rows.push(await pendingRows(connection, index));
      return rows;
    };
    expect(await rowsOf()).toEqual([300, 0]);
    await cleanPendingLists(connection);
    expect(await rowsOf()).toEqual([0, 0]);
  }));
