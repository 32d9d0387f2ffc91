import { expect, test } from 'vitest';
import { withoutForeignKeys } from './foreign-keys.ts';

const SQL = `
ALTER TABLE ONLY public.customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sales.orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES public.customers(id);
ALTER TABLE ONLY sales.orders ADD CONSTRAINT orders_parent FOREIGN KEY (parent_id) REFERENCES sales.orders(id);
CREATE INDEX orders_day ON sales.orders (day);`;

test('foreign keys to tables without rows are left out, and named', async () => {
  const { sql, leftOut } = await withoutForeignKeys(SQL, { empty: new Set(['customers']), named: [] });
  expect(leftOut).toEqual([
    { object: 'foreign key orders_customer of sales.orders', reason: 'the rows of customers are not copied' },
  ]);
  expect(sql).not.toContain('orders_customer');
  for (const kept of ['customers_pkey', 'orders_parent', 'orders_day']) expect(sql).toContain(kept);
});

test('a key is left out by its name and table, and why is said', async () => {
  const named = [{ table: 'sales.orders', name: 'orders_parent', reason: 'of a circle' }];
  const { leftOut } = await withoutForeignKeys(SQL, { empty: new Set(), named });
  expect(leftOut).toEqual([{ object: 'foreign key orders_parent of sales.orders', reason: 'of a circle' }]);
});

test('where every key holds, the SQL stays as it is', async () => {
  expect(await withoutForeignKeys(SQL, { empty: new Set(), named: [] })).toEqual({
    sql: SQL,
    leftOut: [],
  });
});
