import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { disableAutovacuum } from './autovacuum.ts';
import { withConnection, type Connection } from './connection.ts';
import { dropIndex, dropSecondaryIndexes, listIndexes, secondaryIndexes } from './indexes.ts';
import { listIndexKeys } from './index-keys.ts';
import { RELATIONS } from './relations.fixture.ts';
import { tableSizes } from './table-sizes.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  await connected((connection) => connection.query(RELATIONS));
});
afterAll(() => database.drop());

const connected = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, new AbortController().signal, use);

/** One number, from SQL that does not share a line with the code under test. */
const ask = (connection: Connection, expression: string): Promise<number> =>
  connection
    .query<{ value: string }>(`SELECT ${expression} AS value`)
    .then(({ rows }) => Number(rows[0]?.value));

test('indexes of every schema are listed, a partitioned one once', () =>
  connected(async (connection) => {
    const indexes = await listIndexes(connection);
    expect(indexes.map(({ name, table, partitioned }) => ({ name, table, partitioned }))).toEqual([
      { name: 'notes_body_excl', table: 'notes', partitioned: false },
      { name: 'notes_pkey', table: 'notes', partitioned: false },
      { name: 'sales."Odd ""one_pkey"', table: 'sales."Odd ""one"', partitioned: false },
      { name: 'sales."Odd index"', table: 'sales."Odd ""one"', partitioned: false },
      { name: 'sales.days_count', table: 'sales.days', partitioned: false },
      { name: 'sales.orders_note', table: 'sales.orders', partitioned: true },
      { name: 'sales.orders_pkey', table: 'sales.orders', partitioned: true },
      { name: 'sales.orders_new_alone', table: 'sales.orders_new', partitioned: false },
    ]);
    const note = indexes.find(({ name }) => name === 'sales.orders_note');
    expect(note?.definition).toBe('CREATE INDEX orders_note ON sales.orders USING btree (note)');
    const parts = ['sales.orders_old_note_idx', 'sales.orders_new_note_idx'];
    const bytes = parts.map((part) => `pg_relation_size('${part}')`).join(' + ');
    expect(note?.bytes).toBe(await ask(connection, bytes));
    expect((await listIndexKeys(connection)).map(({ name }) => name).toSorted()).toEqual(
      indexes.map(({ name }) => name).toSorted(),
    );
  }));

test('a table has the bytes of its partitions, whose own figures are kept', () =>
  connected(async (connection) => {
    const sizes = await tableSizes(connection);
    expect(sizes.map(({ table }) => table)).toEqual([
      'notes',
      'sales."Odd ""one"',
      'sales.days',
      'sales.orders',
    ]);
    const orders = sizes.find(({ table }) => table === 'sales.orders');
    const sumOf = (size: string): Promise<number> =>
      ask(connection, `${size}('sales.orders_old') + ${size}('sales.orders_new')`);
    expect(orders).toMatchObject({
      tableBytes: await sumOf('pg_table_size'),
      indexBytes: await sumOf('pg_indexes_size'),
      indexes: 3,
    });
    expect(orders?.partitions.map(({ table }) => table)).toEqual(['sales.orders_new', 'sales.orders_old']);
    const days = sizes.find(({ table }) => table === 'sales.days');
    expect(days?.tableBytes).toBe(await ask(connection, "pg_table_size('sales.days')"));
    expect(days?.indexes).toBe(1);
  }));

test('the baseline bare loses the indexes that check nothing, in every schema and on every partition', () =>
  connected(async (connection) => {
    await connection.query('BEGIN');
    expect(await secondaryIndexes(connection)).toEqual([
      'sales."Odd index"',
      'sales.days_count',
      'sales.orders_new_alone',
      'sales.orders_note',
    ]);
    await dropSecondaryIndexes(connection);
    expect((await listIndexes(connection)).map(({ name }) => name)).toEqual([
      'notes_body_excl',
      'notes_pkey',
      'sales."Odd ""one_pkey"',
      'sales.orders_pkey',
    ]);
    await connection.query('ROLLBACK');
  }));

test('a partitioned index that is dropped and made again from its definition has all its partitions', () =>
  connected(async (connection) => {
    const note = (await listIndexes(connection)).find(({ name }) => name === 'sales.orders_note');
    await connection.query('BEGIN');
    await connection.query(dropIndex('sales.orders_note'));
    await connection.query(note?.definition ?? '');
    const again = (await listIndexes(connection)).find(({ name }) => name === 'sales.orders_note');
    // Built in one go it is smaller.
    expect({ ...again, bytes: 0 }).toEqual({ ...note, bytes: 0 });
    const parts = "(SELECT count(*) FROM pg_inherits WHERE inhparent = 'sales.orders_note'::regclass)";
    expect(await ask(connection, parts)).toBe(2);
    await connection.query('ROLLBACK');
  }));

test('autovacuum is off for everything with rows', () =>
  connected(async (connection) => {
    await disableAutovacuum(connection);
    expect(
      await ask(
        connection,
        `(SELECT count(*) FROM pg_class WHERE reloptions @> '{autovacuum_enabled=off}' AND relkind IN ('r', 'm'))`,
      ),
    ).toBe(5);
  }));
