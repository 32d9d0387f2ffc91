import fc from 'fast-check';
import { loadModule } from 'libpg-query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withConnection, type Connection } from '../../database/connection.ts';
import { factsOf, statementsIn } from '../../suite/statement-facts.ts';
import { drawRow } from '../../suite/draw-row.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { readCatalog } from './read-catalog.ts';
import { checkReplay } from './replay-check.ts';
import { MORE_SHAPES } from './more-shapes.fixture.ts';
import { HARD, NORMALISED, SHOP } from './shop.fixture.ts';
import type { ObservedStatement, ReplayableStatement, Statements } from './source-statement.ts';
import { preparedStatements } from './prepared-statements.ts';

const never = new AbortController().signal;

/** The fixture has few rows. */
const FEW_TARGETS = 1;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let all: Statements;

beforeAll(async () => {
  await loadModule();
  database = await freshDatabase();
  await inShop((connection) => connection.query(SHOP));
  all = await prepared([...NORMALISED, ...HARD]);
});
afterAll(() => database.drop());

const inShop = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, never, use);

const observed = (sql: string): ObservedStatement => ({
  sql,
  calls: 10,
  totalMs: 10,
  weight: 60,
  origin: 'test',
});

const TOUCHED = ['orders', 'customers', 'products', 'events', 'categories', 'order_items'].map((name) => ({
  name,
  indexedColumns: name === 'orders' ? ['status'] : [],
}));

const unchecked = (sqls: readonly string[], touched = TOUCHED): Promise<Statements> =>
  inShop(async (connection) => {
    const catalog = await readCatalog(connection);
    return preparedStatements(sqls.map(observed), {
      catalog,
      touched,
      isCarried: (table) => table !== 'tenants',
    });
  });

const prepared = async (sqls: readonly string[], touched = TOUCHED): Promise<Statements> => {
  const statements = await unchecked(sqls, touched);
  return inShop((connection) => checkReplay(connection, statements, FEW_TARGETS));
};

/** The only item that a statement becomes. */
async function itemOf(sql: string): Promise<ReplayableStatement> {
  const { replayable, leftOut } = await prepared([sql], []);
  const [item] = replayable;
  if (!item) throw new Error(leftOut[0]?.reason);
  return item;
}

const rowsOf = (text: string, values: readonly (string | null)[] = []): Promise<(string | null)[][]> =>
  inShop(async (connection) => {
    const query = { text, values: [...values], rowMode: 'array' as const };
    return (await connection.query<(string | null)[]>(query)).rows;
  });

const reasonFor = (fragment: string): string | undefined =>
  all.leftOut.find(({ sql }) => sql.includes(fragment))?.reason;

describe('30 normalised statements of varied shape', () => {
  test('are replayed but for those that are named', () => {
    expect(NORMALISED).toHaveLength(30);
    expect(all.leftOut.filter(({ sql }) => NORMALISED.includes(sql))).toEqual([]);
  });

  test('have keys that find rows', async () => {
    const reads = all.replayable.filter((item) => item.kind === 'read');
    expect(reads.length).toBeGreaterThan(25);
    for (const { sql, key } of reads) {
      const [values] = await rowsOf(key?.sql ?? '');
      expect([sql, (await rowsOf(sql, values)).length]).toEqual([sql, expect.any(Number)]);
      expect((await rowsOf(sql, values)).length).toBeGreaterThan(0);
    }
  });

  test('have one key for each parameter, and ids of their own', () => {
    for (const item of all.replayable) {
      const facts = factsOf(item.sql);
      if (item.kind === 'read') expect(factsOf(item.key?.sql ?? '')?.columns).toBe(facts?.parameters);
      expect(item.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
    expect(new Set(all.replayable.map(({ id }) => id)).size).toBe(all.replayable.length);
  });

  test('keep their share of the time, and their calls', () => {
    const sum = [...all.replayable, ...all.leftOut].reduce((total, { share }) => total + share, 0);
    const calls = all.replayable.reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(1);
    expect(calls).toBeCloseTo(30 * 60);
  });

  test('are left out with the reason where they cannot be replayed', () => {
    expect(reasonFor('my_function')).toBe('nothing tells the values of $1 in my_function(name, $1)');
    expect(reasonFor('FROM tenants')).toBe('tenants is not carried over');
    expect(reasonFor('pg_class')).toBe("it reads PostgreSQL's catalogs");
    expect(reasonFor('no_such_table')).toBe('the database has no table no_such_table');
    expect(reasonFor('nextval')).toBe('it calls nextval()');
    expect(reasonFor('moved')).toBe('its WITH clause writes');
    expect(reasonFor('VACUUM')).toBe('it is a utility statement');
    expect(reasonFor('<insufficient')).toBe(
      'its text is hidden: the role that reads it needs pg_read_all_stats',
    );
    expect(reasonFor("= 'nobody'")).toBe('no row has values for its parameters');
    expect(reasonFor('no_such_column')).toBe('PostgreSQL: column "no_such_column" does not exist');
  });
});

test('what object mappers and reports send can be replayed', async () => {
  const { replayable, leftOut } = await prepared(MORE_SHAPES);
  expect(leftOut).toEqual([]);
  expect(replayable.length).toBeGreaterThanOrEqual(MORE_SHAPES.length);
});

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
    const { replayable } = await inShop(async (connection) => {
      const catalog = await readCatalog(connection);
      return preparedStatements([statement], { catalog, touched: [], isCarried: () => true });
    });
    expect(replayable).toMatchObject([
      { key: { sql: "SELECT 'Name 7'" }, choices: ['its values are those of test'] },
    ]);
  });
});

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

  test('of a file have parameters in place of their literals', async () => {
    const { sql } = await writeOf("UPDATE orders SET note = 'x' WHERE id = 17");
    expect(sql).toBe('UPDATE orders SET note = $1 WHERE id = $2');
  });

  test('are made up for a touched table that has none', async () => {
    const { replayable } = await prepared(['SELECT * FROM orders WHERE id = $1'], TOUCHED.slice(0, 1));
    expect(replayable.filter((item) => item.kind === 'write')).toMatchObject([
      { id: 'insert-orders', operation: 'INSERT', madeUp: true, weight: 0 },
      { id: 'update-orders-status', operation: 'UPDATE', madeUp: true },
      { id: 'update-orders-total', operation: 'UPDATE', madeUp: true },
    ]);
  });
});

test('a statement on none of the touched tables is taken when it is one of the ten dearest', async () => {
  const sqls = Array.from({ length: 12 }, (_, place) => `SELECT ${'id, '.repeat(place)} id FROM events`);
  const { replayable, leftOut } = await unchecked(sqls, []);
  expect([replayable.length, leftOut.length]).toEqual([10, 2]);
});

test('any text of a statement around its parameters is kept', async () => {
  const parts = fc.constantFrom(' /* é */', ' -- 漢字\n', " AND name <> 'ü $9'", ' AND true', '\n');
  await fc.assert(
    fc.asyncProperty(fc.array(parts), fc.array(parts), async (before, after) => {
      const text = (first: string, second: string): string =>
        `SELECT * FROM customers WHERE id = ${first}${before.join('')} AND signed_up > ${second}${after.join('')}`;
      const { replayable } = await unchecked([text('$7', 'date $3')], []);
      expect(replayable[0]?.sql).toBe(text('$2', '$1::date'));
      expect(statementsIn(replayable[0]?.sql ?? '')).toHaveLength(1);
    }),
    { numRuns: 20 },
  );
});
