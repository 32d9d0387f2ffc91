import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { explainAnalyze, planOf, queryIdentifier } from './explain.ts';
import { measureGenericPlan } from './generic-plan.ts';
import { withPlanWatch } from './disturbances.ts';
import { queryOf } from './statement.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
const inside = <T>(use: (connection: Connection) => Promise<T>) => withConnection(database.login, never, use);

/** Nearly every row has the state `done`, a few have `open`: an index helps for `open` only. */
beforeAll(async () => {
  database = await freshDatabase();
  await inside(async (connection) => {
    await connection.query(
      `CREATE TABLE jobs AS SELECT i AS id, CASE WHEN i % 500 = 0 THEN 'open' ELSE 'done' END AS state
       FROM generate_series(1, 20000) i`,
    );
    await connection.query('CREATE INDEX ix_jobs_state ON jobs (state)');
    await connection.query('VACUUM (ANALYZE) jobs');
  });
});
afterAll(() => database.drop());

const statement = {
  sql: 'SELECT id FROM jobs WHERE state = $1',
  parameters: ['done'],
  name: 'jobs-by-state',
};
const both = <T>(use: (connections: { before: Connection; after: Connection }) => Promise<T>) =>
  inside((before) => inside((after) => use({ before, after })));

test('a generic plan expects half the rows for either state and uses the index, a custom plan for `done` does not', () =>
  both(async (connections) => {
    const custom = await planOf(connections.before, { sql: statement.sql, parameters: ['done'] });
    expect(custom.indexes).toEqual([]);
    await inside(async (connection) => {
      const observer = { connection, readsStatementTimes: false, log: undefined };
      const timing = { order: ['before'] as const, enough: () => true, observer };
      const generic = await measureGenericPlan(
        statement,
        { before: [connections.before], after: [connections.after] },
        new Set(),
        timing,
      );
      expect(generic.plans.before.indexes).toEqual(['ix_jobs_state']);
      expect(generic.plans.changed).toBe(false);
      expect(generic.pairs).toHaveLength(1);
    });
    const { rows } = await connections.after.query<{ mode: string }>('SHOW plan_cache_mode');
    expect(rows).toEqual([{ plan_cache_mode: 'auto' }]);
  }));

test('a prepared statement is explained and identified like the same statement planned each time', () =>
  inside(async (connection) => {
    const anew = { sql: statement.sql, parameters: ['done'] };
    await connection.query(queryOf(statement));
    expect(await explainAnalyze(connection, statement)).toEqual(await explainAnalyze(connection, anew));
    expect(await queryIdentifier(connection, statement)).toBe(await queryIdentifier(connection, anew));
    expect(await queryIdentifier(connection, anew)).toMatch(/^-?\d+$/);
  }));

test('a plan that changes during the pairs is a disturbance of that arm', () =>
  both(async (connections) => {
    const watched = { sql: statement.sql, parameters: ['open'] };
    const { disturbances } = await withPlanWatch(
      { before: [connections.before], after: [connections.after] },
      watched,
      async () => {
        await connections.after.query('SET enable_indexscan = off; SET enable_bitmapscan = off');
        await connections.after.query('SET enable_indexonlyscan = off');
        return { pairs: [], disturbances: [] };
      },
    );
    expect(disturbances).toEqual([{ kind: 'plan change', arm: 'after' }]);
  }));
