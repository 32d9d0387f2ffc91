import { afterAll, beforeAll, expect, test } from 'vitest';
import { RELATIONS } from '../../database/relations.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import type { SourceCatalog } from './catalog.ts';
import { readCatalog } from './read-catalog.ts';
import { SHOP } from './shop.fixture.ts';

let database: FreshDatabase;
let catalog: SourceCatalog;

beforeAll(async () => {
  database = await freshDatabase();
  catalog = await withConnection(database.login, new AbortController().signal, async (connection) => {
    await connection.query(RELATIONS);
    await connection.query(SHOP);
    return readCatalog(connection);
  });
});
afterAll(() => database.drop());

test('columns say their type, whether PostgreSQL fills them, and how their rows are spread', () => {
  const columns = new Map(catalog.byName('orders')?.columns.map((column) => [column.name, column]));
  expect(columns.get('id')).toMatchObject({ type: 'bigint', notNull: true, fills: 'default' });
  expect(columns.get('note')).toMatchObject({ type: 'text', notNull: false, fills: 'nothing' });
  expect(columns.get('created_at')?.spread).toMatchObject({ distinctValues: 6000 });
  expect(columns.get('created_at')?.spread?.correlation).toBeGreaterThan(0.9);
  expect(columns.get('tenant_id')?.spread?.mostCommonShare).toBeGreaterThan(0.3);
  expect(catalog.byName('products')?.columns.at(-1)).toMatchObject({ type: 'tsvector', fills: 'always' });
  expect(catalog.byName('notes')?.columns[0]?.spread).toBeUndefined();
  expect(catalog.byName('orders')?.rows).toBe(6000);
});

test('unique keys are told from unique indexes on expressions', () => {
  const customers = catalog.byName('customers');
  expect(customers?.uniqueKeys).toEqual([['id'], ['tenant_id', 'email']]);
  expect(customers?.otherUniqueKeys).toEqual([['email']]);
});

test('foreign keys say what they refer to, and whether they keep a row from being deleted', () => {
  expect(catalog.referringTo('orders')).toEqual([
    {
      from: 'order_items',
      key: { columns: ['order_id'], references: 'orders', referencedColumns: ['id'], restricts: false },
    },
  ]);
  expect(catalog.referringTo('categories')).toMatchObject([{ from: 'categories', key: { restricts: true } }]);
});

test('a name without a schema is that of public first, then of any other schema', () => {
  expect(catalog.find({ name: 'orders' })?.name).toBe('orders');
  expect(catalog.find({ schema: 'sales', name: 'orders' })?.name).toBe('sales.orders');
  expect(catalog.find({ schema: 'sales', name: 'Odd "one' })?.name).toBe('sales."Odd ""one"');
  expect(catalog.find({ schema: 'public', name: 'days' })).toBeUndefined();
});

test('behind a view are its tables, behind a partition is the whole', () => {
  expect(catalog.tablesBehind('paid_orders')).toEqual(['paid_orders', 'orders']);
  expect(catalog.tablesBehind('sales.days')).toEqual(['sales.days', 'sales.orders']);
  expect(catalog.tablesBehind('sales.orders_old')).toEqual(['sales.orders_old', 'sales.orders']);
});
