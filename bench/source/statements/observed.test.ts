import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withConnection, type Connection } from '../../database/connection.ts';
import { catalogLogin } from '../../database/login.ts';
import { UsageError } from '../../model/errors.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { observedStatements } from './observed.ts';
import { readCatalog } from './read-catalog.ts';
import { checkReplay } from './replay-check.ts';
import { SHOP } from './shop.fixture.ts';
import { preparedStatements } from './prepared-statements.ts';

const never = new AbortController().signal;

let database: FreshDatabase;
let bare: FreshDatabase;

beforeAll(async () => {
  [database, bare] = [await freshDatabase(), await freshDatabase()];
  await inShop(async (connection) => {
    await connection.query(SHOP);
    await connection.query(
      'CREATE SCHEMA "Statistics"; CREATE EXTENSION pg_stat_statements SCHEMA "Statistics"; GRANT USAGE ON SCHEMA "Statistics" TO PUBLIC',
    );
    await connection.query(`
      CREATE FUNCTION inner_read() RETURNS bigint LANGUAGE plpgsql AS
        $$ BEGIN RETURN (SELECT count(*) FROM events WHERE kind = 'inside a function'); END $$`);
  });
});
afterAll(async () => {
  await database.drop();
  await bare.drop();
});

const inShop = <T>(use: (connection: Connection) => Promise<T>, login = database.login): Promise<T> =>
  withConnection(login, never, use);

/** As somebody's server is read: with a search path of our own. */
const readSource = <T>(use: (connection: Connection) => Promise<T>, url = database.url): Promise<T> =>
  withConnection({ ...catalogLogin(url), environment: 'ignored' }, never, use);

/** Statements as an application runs them, with values that only it knows. */
const WORKLOAD = [
  "SELECT * FROM orders WHERE tenant_id = 3 AND status IN ('new', 'paid', 'shipped', 'returned') ORDER BY created_at DESC LIMIT 7",
  "SELECT date_trunc('month', created_at), sum(total) FROM orders WHERE created_at > date '2025-02-03' GROUP BY date_trunc('month', created_at)",
  "SELECT count(*) FROM orders WHERE created_at > now() - interval '2000 days' AND EXTRACT(dow FROM created_at) = 3",
  "UPDATE orders SET status = 'paid', updated_at = now() WHERE id = 12",
  'INSERT INTO orders (tenant_id, customer_id, total) VALUES (1, 1, 5), (1, 1, 6)',
  "SELECT * FROM customers WHERE lower(email) = 'person7@example.com'",
];

describe('what pg_stat_statements has', () => {
  test('can be run again: what it prints, with values from the rows', async () => {
    await inShop(async (connection) => {
      for (const sql of WORKLOAD) for (let time = 0; time < 3; time++) await connection.query(sql);
    });
    const [observed, catalog] = await readSource(async (connection) => [
      await observedStatements(connection),
      await readCatalog(connection),
    ]);
    const workload = observed.filter(({ calls, sql }) => calls === 3 && /orders|customers/.test(sql));
    expect(workload).toHaveLength(WORKLOAD.length);
    expect(workload.every(({ sql }) => sql.includes('$1'))).toBe(true);
    const touched = [{ name: 'orders', indexedColumns: ['status'] }];
    const prepared = await preparedStatements(workload, { catalog, touched, isCarried: () => true });
    const { replayable, leftOut } = await inShop((connection) => checkReplay(connection, prepared));
    expect(leftOut).toEqual([]);
    expect(new Set(replayable.map(({ kind }) => kind))).toEqual(new Set(['read', 'write']));
    expect(replayable.some((item) => item.kind === 'write' && item.madeUp)).toBe(false);
  });

  test('is calls an hour, time and WAL of this database alone, without what functions run', async () => {
    await inShop(async (connection) => {
      await connection.query("SET pg_stat_statements.track = 'all'");
      await connection.query('SELECT inner_read()');
    });
    await withConnection(bare.login, never, (connection) => connection.query('SELECT 1 AS elsewhere'));
    const observed = await readSource(observedStatements);
    const update = observed.find(({ sql }) => sql.startsWith('UPDATE orders'));
    expect(update).toMatchObject({ calls: 3 });
    expect(update?.totalMs).toBeGreaterThan(0);
    expect(update?.walBytes).toBeGreaterThan(0);
    expect(update?.weight).toBeGreaterThan(0);
    expect(update?.weight).toBeCloseTo(3 / (update?.countedHours ?? 0), 5);
    expect(observed.filter(({ sql }) => /^SELECT.*elsewhere|FROM events WHERE kind = \$/.test(sql))).toEqual(
      [],
    );
  });

  test('is left out where another role may not see the text, with its share', async () => {
    const [observed, catalog] = await readSource(async (connection) => {
      await connection.query('SET ROLE pg_signal_backend');
      return [await observedStatements(connection), await readCatalog(connection)];
    });
    const { leftOut } = await preparedStatements(observed, { catalog, touched: [], isCarried: () => true });
    const hidden = leftOut.filter(({ sql }) => sql === '<insufficient privilege>');
    expect(hidden).toHaveLength(1);
    expect(hidden[0]?.reason).toBe('its text is hidden: the role that reads it needs pg_read_all_stats');
    expect(hidden[0]?.share).toBeGreaterThan(0.5);
  });

  test('is missing without the extension: the error names --queries', async () => {
    const reading = readSource(observedStatements, bare.url);
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(
      '--from: the database has no extension pg_stat_statements; --queries takes a folder or a file with the statements instead',
    );
  });
});
