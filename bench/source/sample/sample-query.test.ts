import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { foreignKeys } from './foreign-keys.ts';
import { planSample, type SamplePlan } from './sample-plan.ts';
import { sampleQuery } from './sample-query.ts';

/** Customer n has n orders; every order has two lines, and some an employee, who is an order's by chance. */
const SCHEMA = `
  CREATE TABLE employees (id integer PRIMARY KEY, name text);
  CREATE TABLE customers (id integer PRIMARY KEY, note text);
  CREATE TABLE orders (id integer, day date, customer_id integer REFERENCES customers, employee_id integer REFERENCES employees,
                       PRIMARY KEY (id, day)) PARTITION BY HASH (id);
  CREATE TABLE orders_0 PARTITION OF orders FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE orders_1 PARTITION OF orders FOR VALUES WITH (MODULUS 2, REMAINDER 1);
  CREATE TABLE lines (id serial PRIMARY KEY, order_id integer, day date, FOREIGN KEY (order_id, day) REFERENCES orders);
  INSERT INTO employees SELECT i, repeat('x', 100) FROM generate_series(1, 5000) AS i;
  INSERT INTO customers SELECT i, repeat('x', 100) FROM generate_series(1, 100) AS i;
  INSERT INTO orders SELECT row_number() OVER (), '2026-01-01', c, CASE WHEN n % 3 > 0 THEN 1 + (c * 37 + n) % 5000 END
    FROM generate_series(1, 100) AS c, generate_series(1, c) AS n;
  INSERT INTO lines (order_id, day) SELECT id, day FROM orders, generate_series(1, 2);
  ANALYZE;`;

const TABLES = ['employees', 'customers', 'orders', 'lines'];

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  await inside((connection) => connection.query(SCHEMA));
});
afterAll(() => database.drop());

const inside = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, new AbortController().signal, use);

/** Of a quarter of all; the customers are copied whole where they are small. */
async function planned(connection: Connection, sizes: readonly number[]): Promise<SamplePlan> {
  const tables = TABLES.map((name, at) => ({ name, bytes: sizes[at] ?? 0 }));
  return planSample(tables, await foreignKeys(connection), sizes.reduce((sum, one) => sum + one, 0) / 4);
}

const counted = async (connection: Connection, sql: string): Promise<number> =>
  Number((await connection.query<{ n: string }>(`SELECT count(*) AS n FROM (${sql}) AS q`)).rows[0]?.n);

const drawn = (plan: SamplePlan, table: string, columns: readonly string[]): string =>
  sampleQuery(table, columns, plan) ?? `SELECT ${columns.join(', ')} FROM ${table}`;

test('every row that a copied row refers to is copied', async () => {
  await inside(async (connection) => {
    const plan = await planned(connection, [100, 100, 100, 100]);
    const orders = drawn(plan, 'orders', ['id', 'day', 'customer_id', 'employee_id']);
    const missing = (key: string, of: string, referred: string): string =>
      `SELECT ${key} FROM (${of}) AS o WHERE ${key.split(', ')[0]} IS NOT NULL EXCEPT ALL SELECT ${key} FROM (${of}) AS o WHERE (${key}) IN (${referred})`;
    expect(await counted(connection, missing('customer_id', orders, drawn(plan, 'customers', ['id'])))).toBe(
      0,
    );
    expect(await counted(connection, missing('employee_id', orders, drawn(plan, 'employees', ['id'])))).toBe(
      0,
    );
    const lines = drawn(plan, 'lines', ['order_id', 'day']);
    expect(
      await counted(connection, missing('order_id, day', lines, drawn(plan, 'orders', ['id', 'day']))),
    ).toBe(0);
    expect(await counted(connection, lines)).toBeGreaterThan(0);
    expect(await counted(connection, lines)).toBeLessThan(10_100);
  });
});

test('a row that is copied brings all rows that refer to it, so that each key is as frequent as it was', async () => {
  await inside(async (connection) => {
    const plan = await planned(connection, [1, 100, 100, 100]);
    expect(plan.drawings.get('orders')).toMatchObject({ state: 'with', key: { refersTo: 'customers' } });
    const orders = drawn(plan, 'orders', ['id', 'customer_id']);
    const partial = `SELECT customer_id, count(*) AS n FROM (${orders}) AS o GROUP BY 1 HAVING count(*) <> customer_id`;
    expect(await counted(connection, `SELECT DISTINCT customer_id FROM (${orders}) AS o`)).toBeGreaterThan(0);
    expect(await counted(connection, partial)).toBe(0);
  });
});
