import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection, type Connection } from '../database/connection.ts';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { explainAnalyze, planOf, queryIdentifier } from './explain.ts';
import { genericPlans, isAsGood, prepared } from './generic-plan.ts';
import { comparePlans } from './reads.ts';
import { watchPlans } from './disturbances.ts';
import { renew } from './sessions.ts';
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

const statement = prepared({ sql: 'SELECT id FROM jobs WHERE state = $1', parameters: ['done'] });
const planNamed = (type: string) => ({ signature: type, indexes: [], tree: { type, children: [] } });
const both = <T>(use: (connections: { before: Connection; after: Connection }) => Promise<T>) =>
  inside((before) => inside((after) => use({ before, after })));

test('a generic plan expects half the rows for either state and uses the index, a custom plan for `done` does not', () =>
  both(async (connections) => {
    const custom = await planOf(connections.before, { sql: statement.sql, parameters: ['done'] });
    expect(custom.indexes).toEqual([]);
    const sessions = { before: [connections.before], after: [connections.after] } as const;
    const { plans } = await genericPlans(statement, sessions, new Set());
    expect(plans.before.indexes).toEqual(['ix_jobs_state']);
    expect(plans.changed).toBe(false);
  }));

test('the plan for these values serves all, and is as good, where planning is less than a hundredth of the time', () => {
  const plans = comparePlans(planNamed('Seq Scan'), planNamed('Index Scan'), new Set());
  const custom = { plans, planning: [{ before: 0.1, after: 0.1 }] };
  const generic = { plans, durationMs: { before: 20, after: 11 } };
  expect(isAsGood(generic, custom)).toBe(true);
  expect(isAsGood({ ...generic, durationMs: { before: 20, after: 9 } }, custom)).toBe(false);
  const another = comparePlans(planNamed('Seq Scan'), planNamed('Seq Scan'), new Set());
  expect(isAsGood({ ...generic, plans: another }, custom)).toBe(false);
});

test('renewed sessions plan the same statement with other values', () =>
  both(async (connections) => {
    const sessions = { before: [connections.before], after: [connections.after] } as const;
    for (const state of ['done', 'open']) {
      const other = prepared({ sql: 'SELECT count(*) FROM jobs WHERE state = $1', parameters: [state] });
      const { plans } = await genericPlans(other, sessions, new Set());
      expect(plans.changed).toBe(false);
      await renew(sessions);
    }
  }));

test('sessions are renewed whatever was set, and out of a transaction that has failed', () =>
  both(async (connections) => {
    const sessions = { before: [connections.before], after: [connections.after] } as const;
    await connections.before.query("SELECT set_config('enable_seqscan', 'off', false)");
    await connections.after.query('BEGIN');
    await connections.after.query('SELECT missing').catch(() => undefined);
    await renew(sessions);
    for (const session of Object.values(connections)) {
      const { rows } = await session.query<{ enable_seqscan: string }>('SHOW enable_seqscan');
      expect(rows).toEqual([{ enable_seqscan: 'on' }]);
    }
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
    const sessions = { before: [connections.before], after: [connections.after] } as const;
    const look = await watchPlans(watched, sessions);
    expect(await look(sessions)).toEqual([]);
    await connections.after.query('SET enable_indexscan = off; SET enable_bitmapscan = off');
    await connections.after.query('SET enable_indexonlyscan = off');
    expect(await look(sessions)).toEqual([{ kind: 'plan change', arm: 'after' }]);
    expect(await look(sessions)).toEqual([]);
  }));
