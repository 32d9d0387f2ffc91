import { describe, expect, test } from 'vitest';
import { observed, preparedInShop } from './prepared-in-shop.fixture.ts';
import type { ReplayableStatement } from './source-statement.ts';

const { unchecked, prepared, itemOf, rowsOf } = preparedInShop();

describe('the values of parameters', () => {
  test('of one level come from one row', async () => {
    const { sql, key } = (await itemOf(
      'SELECT id FROM orders WHERE tenant_id = $1 AND customer_id = $2 AND status = $3',
    )) as Extract<ReplayableStatement, { kind: 'read' }>;
    const [values] = await rowsOf(key?.sql ?? '');
    expect(await rowsOf(sql, values)).not.toEqual([]);
  });

  test('are a frequent, a typical and a rare one where the rows are skewed', async () => {
    const { replayable } = await prepared(['SELECT count(*) FROM orders WHERE tenant_id = $1'], []);
    const counts = await Promise.all(
      replayable.map(async (item) => {
        const [values] = await rowsOf(item.kind === 'read' ? (item.key?.sql ?? '') : '');
        return Number((await rowsOf(item.sql, values))[0]?.[0]);
      }),
    );
    expect(replayable.map(({ id }) => id)).toEqual(
      ['hot', 'median', 'cold'].map((temperature) => `orders-by-tenant-id-${temperature}`),
    );
    const [most, , least] = await rowsOf(`
      SELECT max(n), NULL, min(n) FROM (SELECT count(*) AS n FROM orders GROUP BY tenant_id) AS counts`).then(
      ([row]) => row ?? [],
    );
    expect([counts[0], counts[2]]).toEqual([Number(most), Number(least)]);
    expect(counts[1]).toBeLessThan(Number(most));
    expect(counts[1]).toBeGreaterThan(Number(least));
  });

  test('are one where a unique key is compared, and where all values are alike', async () => {
    const { replayable } = await prepared(
      [
        'SELECT * FROM orders WHERE id = $1',
        'SELECT * FROM customers WHERE lower(email) = $1',
        'SELECT * FROM events WHERE tenant_id = $1',
      ],
      [],
    );
    expect(replayable.map(({ id }) => id).toSorted()).toEqual([
      'customers-by-email',
      'events-by-tenant-id',
      'orders-by-id',
    ]);
  });

  test('that are constants stand in the statement, as the same expression has them elsewhere', async () => {
    const { sql } = await itemOf(
      "SELECT date_trunc($1, created_at), count(*) FROM orders WHERE id > $2 GROUP BY date_trunc('month', created_at) LIMIT $3",
    );
    expect(sql).toBe(
      "SELECT date_trunc('month', created_at), count(*) FROM orders WHERE id > $1 GROUP BY date_trunc('month', created_at) LIMIT 20",
    );
  });

  test('are typed in the form that a server accepts', async () => {
    const { sql } = await itemOf(
      'SELECT EXTRACT($1 FROM created_at) FROM orders WHERE created_at > now() - interval $2 AND created_at::date > date $3',
    );
    expect(sql).toBe(
      'SELECT EXTRACT(year FROM created_at) FROM orders WHERE created_at > now() - $1::interval AND created_at::date > $2::date',
    );
  });

  test('of a list that PostgreSQL 18 has shortened are several', async () => {
    const { sql } = await itemOf('SELECT id FROM orders WHERE customer_id IN ($1 /*, ... */) AND total > $2');
    expect(sql).toBe('SELECT id FROM orders WHERE customer_id IN ($1, $3, $4) AND total > $2');
  });

  test('of a log are taken as they are', async () => {
    const statement = { ...observed('SELECT * FROM customers WHERE name = $1'), values: ['Name 7'] };
    const { replayable } = await unchecked([statement], []);
    expect(replayable).toMatchObject([
      {
        key: { sql: "SELECT 'Name 7'" },
        choices: ["its values are literals of an execution in test: somebody's data"],
      },
    ]);
  });
});
