import { describe, expect, test } from 'vitest';
import { drawRow } from '../../suite/draw-row.ts';
import { statementCounts } from '../inspection.ts';
import { checkReplay } from './replay-check.ts';
import { observed, preparedInShop, TOUCHED } from './prepared-in-shop.fixture.ts';

const { inShop, prepared, unchecked, itemOf, rowsOf } = preparedInShop();

describe('writes', () => {
  const writeOf = async (sql: string) => {
    const item = await itemOf(sql);
    if (item.kind !== 'write') throw new Error('not a write');
    return {
      ...item,
      rows: (await rowsOf(item.targets)).map(([target]) => drawRow({ target: target ?? null })),
    };
  };

  /** Executes the first writes, all in one transaction, which is rolled back. @returns the rows of each */
  const executed = (sql: string, lists: readonly (readonly unknown[])[]): Promise<(number | null)[]> =>
    inShop(async (connection) => {
      await connection.query('BEGIN');
      const counts: (number | null)[] = [];
      for (const list of lists) counts.push((await connection.query(sql, [...list])).rowCount);
      await connection.query('ROLLBACK');
      return counts;
    });

  test('that insert have new unique keys, and foreign keys that hold', async () => {
    const { sql, rows } = await writeOf(
      'INSERT INTO customers (id, tenant_id, email, name, signed_up) VALUES ($1, $2, $3, $4, $5)',
    );
    expect(rows).toHaveLength(20_000);
    expect(await executed(sql, [...rows.slice(0, 200), ...rows.slice(-200)])).toEqual(Array(400).fill(1));
  });

  test('that insert go on where times grow with the rows', async () => {
    const { rows } = await writeOf(
      'INSERT INTO orders (created_at, tenant_id, customer_id, total) VALUES ($1, $2, $3, $4)',
    );
    const [[latest] = []] = await rowsOf('SELECT max(created_at) FROM orders');
    const times = rows.slice(0, 50).map(([time]) => Date.parse(`${String(time)}:00`));
    expect(Math.min(...times)).toBeGreaterThan(Date.parse(`${String(latest)}:00`));
    expect(times.toSorted((one, other) => one - other)).toEqual(times);
  });

  test('that delete leave rows alone to which others refer, and delete each target once', async () => {
    const { sql, rows } = await writeOf('DELETE FROM customers WHERE id = $1');
    const [[free] = []] = await rowsOf(
      'SELECT count(*) FROM customers AS c WHERE NOT EXISTS (SELECT FROM orders WHERE customer_id = c.id)',
    );
    expect(rows).toHaveLength(Number(free));
    expect(await executed(sql, rows)).toEqual(rows.map(() => 1));
  });

  test('with a bound go on from row to row', async () => {
    const { sql, rows } = await writeOf('DELETE FROM events WHERE tenant_id = $1 AND at < $2');
    expect(await executed(sql, rows.slice(0, 100))).toEqual(Array(100).fill(1));
  });

  test('that update find rows, and set what other rows have', async () => {
    const { sql, rows } = await writeOf('UPDATE orders SET note = $1, version = version + $2 WHERE id = $3');
    expect(sql).toBe('UPDATE orders SET note = $1, version = version + 1 WHERE id = $2');
    expect(rows).toHaveLength(5_000);
    expect(await executed(sql, rows.slice(0, 50))).toEqual(Array(50).fill(1));
  });

  test('that only have to find another value than theirs find it', async () => {
    const { sql, rows } = await writeOf('UPDATE orders SET note = $1 WHERE id = $2 AND status <> $3');
    expect(await executed(sql, rows.slice(0, 50))).toEqual(Array(50).fill(1));
  });

  test('that set what they compare give each row another value, once', async () => {
    const { sql, rows, eachTargetOnce } = await writeOf(
      'UPDATE orders SET status = $1 WHERE id = $2 AND status = $3',
    );
    expect(eachTargetOnce).toBe(true);
    expect(rows.filter(([set, , compared]) => set === compared)).toEqual([]);
    const lists = [...rows.slice(0, 3), ...rows.slice(0, 3)];
    expect(await executed(sql, lists)).toEqual([1, 1, 1, 0, 0, 0]);
  });

  test('of a file have parameters in place of their literals', async () => {
    const { sql } = await writeOf('UPDATE orders SET total = 3 WHERE id = 17');
    expect(sql).toBe('UPDATE orders SET total = $1 WHERE id = $2');
  });

  test('of a file keep what they say of a column of few values', async () => {
    const { sql, choices } = await writeOf(
      "INSERT INTO orders (tenant_id, customer_id, status, total) VALUES (3, 17, 'returned', 9.5)",
    );
    expect(sql).toBe(
      "INSERT INTO orders (tenant_id, customer_id, status, total) VALUES ($1, $2, 'returned', $3)",
    );
    expect(choices).toContain("status, which has few values, is 'returned', as it is written");
  });

  test('of a file that change what they look for change other rows each time', async () => {
    const { sql, rows, eachTargetOnce } = await writeOf(
      "UPDATE orders SET status = 'paid', total = 3 WHERE id = 17 AND status = 'new'",
    );
    expect(sql).toBe("UPDATE orders SET status = 'paid', total = $1 WHERE id = $2 AND status = 'new'");
    expect(eachTargetOnce).toBe(true);
    const [[fresh] = []] = await rowsOf("SELECT count(*) FROM orders WHERE status = 'new'");
    expect(rows).toHaveLength(Number(fresh));
    expect(await executed(sql, rows.slice(0, 50))).toEqual(Array(50).fill(1));
  });

  test('that fill what is empty have a value for it, and other rows each time', async () => {
    const { sql, rows, eachTargetOnce } = await writeOf(
      'UPDATE customers SET deleted_at = $1 WHERE id = $2 AND deleted_at IS NULL',
    );
    expect(eachTargetOnce).toBe(true);
    expect(rows.every(([value]) => value !== null)).toBe(true);
    const lists = [...rows.slice(0, 3), ...rows.slice(0, 3)];
    expect(await executed(sql, lists)).toEqual([1, 1, 1, 0, 0, 0]);
  });

  test('of a file that set a constant change rows that have another one first', async () => {
    const { sql, rows, eachTargetOnce } = await writeOf("UPDATE orders SET status = 'paid' WHERE id = 17");
    expect(sql).toBe("UPDATE orders SET status = 'paid' WHERE id = $1");
    expect(eachTargetOnce).toBe(true);
    const first = rows.slice(0, 500).map(([id]) => id);
    const paid = await rowsOf(`SELECT FROM orders WHERE status = 'paid' AND id IN (${first.join()})`);
    expect([paid.length, rows.length]).toEqual([0, 6_000]);
  });

  test('of a file keep constants of which nothing else is known', async () => {
    const { sql } = await writeOf(
      "INSERT INTO products (sku, title, attributes, tags, price) VALUES ('S', 'chair', '{}', ARRAY['köche', 'sql'], 5)",
    );
    expect(sql).toBe(
      "INSERT INTO products (sku, title, attributes, tags, price) VALUES ($1, $2, $3, ARRAY['köche', 'sql'], $4)",
    );
  });

  test('of a file with a query for their values get those, and no others', async () => {
    const key = "SELECT id, 'x' FROM orders WHERE status = 'new' ORDER BY id";
    const statement = { ...observed('UPDATE orders SET note = $2 WHERE id = $1'), key };
    const [item] = (await unchecked([statement], [])).replayable;
    if (item?.kind !== 'write') throw new Error('not a write');
    expect(item.sql).toBe(statement.sql);
    expect(await rowsOf(item.targets)).toEqual(
      (await rowsOf(key)).map((values) => [JSON.stringify(values).replace(',', ', ')]),
    );
  });

  test('of a log keep what they had in a column of few values', async () => {
    const statement = {
      ...observed('INSERT INTO events (tenant_id, kind, at) VALUES ($1, $2, $3)'),
      values: ['3', 'buy', '2026-01-31'],
    };
    const [item] = (await unchecked([statement], [])).replayable;
    expect(item?.sql).toBe("INSERT INTO events (tenant_id, kind, at) VALUES ('3', 'buy', $1)");
  });

  test('are made up for a touched table that has none', async () => {
    const { replayable } = await prepared(['SELECT * FROM orders WHERE id = $1'], TOUCHED.slice(0, 1));
    expect(replayable.filter((item) => item.kind === 'write')).toMatchObject([
      { id: 'insert-orders', operation: 'INSERT', madeUp: true, weight: 0 },
      { id: 'update-orders-status', operation: 'UPDATE', madeUp: true },
      { id: 'update-orders-total', operation: 'UPDATE', madeUp: true },
    ]);
  });

  test('that are made up and find no row were never observed', async () => {
    const { replayable } = await prepared(['SELECT * FROM orders WHERE id = $1'], TOUCHED.slice(0, 1));
    const withoutRows = replayable.flatMap((item) =>
      item.kind === 'write' ? [{ ...item, targets: 'SELECT NULL WHERE false' }] : [],
    );
    const checked = await inShop((connection) =>
      checkReplay(connection, { sharesOf: 'weight', replayable: withoutRows, leftOut: [] }),
    );
    expect(checked.leftOut).toHaveLength(3);
    expect(statementCounts(checked)).toEqual({ observed: 0, replayed: 0, madeUp: 0 });
  });
});
