import { expect, test } from 'vitest';
import { preparedInShop } from './prepared-in-shop.fixture.ts';
import { reachedTables } from './reached-tables.ts';
import { readCatalog } from './read-catalog.ts';

const { inShop } = preparedInShop();

test.each([
  ['SELECT * FROM customers', ['customers']],
  ['INSERT INTO customers (id) VALUES ($1)', ['customers']],
  ['DELETE FROM customers WHERE id = $1', ['customers', 'orders']],
  ['DELETE FROM orders WHERE id = $1', ['order_items', 'orders']],
  ['UPDATE customers SET name = $1 WHERE id = $2', ['customers']],
  ['UPDATE customers SET id = $1 WHERE id = $2', ['customers', 'orders']],
  ['DELETE FROM categories WHERE id = $1', ['categories']],
  ['UPDATE events SET kind = $1', ['events', 'products']],
])('%s reaches %j', async (sql, tables) => {
  const found = await inShop(async (connection) => {
    await connection.query(`
      CREATE OR REPLACE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN UPDATE Products SET price = price + 1; RETURN NEW; END';
      CREATE OR REPLACE TRIGGER counting AFTER UPDATE ON events FOR EACH ROW EXECUTE FUNCTION counted()`);
    return reachedTables(sql, await readCatalog(connection));
  });
  expect([...new Set(found)].toSorted()).toEqual(tables);
});
