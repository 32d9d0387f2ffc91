import type { QueryResult } from 'pg';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnections, type Connection } from './connection.ts';
import { documentedLocks } from './documented-locks.ts';
import { applySqlFile } from './migrate.ts';
import { observe, type Observation } from './observed-statement.ts';
import { RELATIONS } from './relations.fixture.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;

const connected = <T>(use: (connections: Connection[]) => Promise<T>): Promise<T> =>
  withConnections(database.login, 3, never, use);

const ODD = 'sales."Odd ""one"';
const shown = ({ locks }: Pick<Observation, 'locks'>): string[] =>
  locks.map(({ table, mode, knownFrom = 'pg_locks' }) => `${mode.replace('Lock', '')} ${table} ${knownFrom}`);

/** Calls once the session has got an answer with a lock. */
function whenSeen(watcher: Connection, call: () => Promise<unknown>): void {
  type Ask = (...asked: unknown[]) => Promise<QueryResult<{ mode?: string }>>;
  const ask = watcher.query.bind<Ask>(watcher);
  let isSeen = false;
  const query = async (...asked: unknown[]): Promise<QueryResult> => {
    const answer = await ask(...asked);
    if (!isSeen && answer.rows.some(({ mode }) => mode !== undefined)) {
      isSeen = true;
      await call();
    }
    return answer;
  };
  Object.assign(watcher, { query });
}

describe('a statement', () => {
  beforeEach(async () => {
    database = await freshDatabase();
    await connected(async ([connection]) => connection?.query(RELATIONS));
  });
  afterEach(() => database.drop());

  /** @param busy a table that somebody else writes to until the watcher has seen a lock: what works concurrently waits */
  const observed = (text: string, busy?: string): Promise<Observation[]> =>
    connected(async ([connection, watcher, other]) => {
      if (!connection || !watcher || !other) throw new Error('there are three sessions');
      if (busy !== undefined) {
        await other.query('BEGIN');
        await other.query(`LOCK TABLE ${busy} IN ROW EXCLUSIVE MODE`);
        whenSeen(watcher, () => other.query('ROLLBACK'));
      }
      const observations: Observation[] = [];
      await applySqlFile(connection, { path: '042.sql', text }, async (statement, execute) => {
        observations.push(await observe(statement, { connection, watcher }, execute));
      });
      return observations;
    });

  test.each([
    ['CREATE INDEX CONCURRENTLY odd ON sales."Odd ""one" (note)', ODD],
    ['DROP INDEX CONCURRENTLY sales."Odd index"', ODD],
    ['REINDEX INDEX CONCURRENTLY sales."Odd index"', ODD],
    ['REINDEX (CONCURRENTLY) TABLE sales."Odd ""one"', ODD],
  ])('outside of a transaction is seen while it has its lock: %s', async (sql, busy) => {
    const [observation] = await observed(sql, busy);
    expect(observation && shown(observation)).toEqual([`ShareUpdateExclusive ${ODD} pg_locks`]);
    expect(observation?.locksHeld).toBe('while it runs');
  });

  test('whose locks are too short to be seen for certain has those of the manual', async () => {
    const sql = 'ALTER TABLE sales.orders DETACH PARTITION sales.orders_old CONCURRENTLY';
    const [observation] = await observed(sql);
    const modes = observation?.locks.map(({ table, mode }) => `${mode} ${table}`).toSorted();
    expect(modes).toEqual(['AccessExclusiveLock sales.orders_old', 'ShareUpdateExclusiveLock sales.orders']);
  });

  test('beside one that needs no transaction has one of its own, and its lock', async () => {
    const [, observation] = await observed('VACUUM notes; ALTER TABLE notes ALTER COLUMN id TYPE bigint;');
    expect(observation && shown(observation)).toEqual(['AccessExclusive notes pg_locks']);
    expect(observation?.locksHeld).toBe('while it runs');
  });

  test('in a transaction keeps its lock to the end', async () => {
    const observations = await observed('CREATE INDEX n ON notes (id); DROP INDEX n; SELECT 1;');
    expect(observations.map(shown)).toEqual([
      ['Share notes pg_locks'],
      ['AccessExclusive notes pg_locks'],
      [],
    ]);
    expect(observations[0]?.locksHeld).toBe('to the end of the transaction');
  });

  test('that fails outside of a transaction fails as it would unwatched', async () => {
    await expect(observed('DROP INDEX CONCURRENTLY missing')).rejects.toThrow('does not exist');
    await expect(observed('VACUUM notes; ALTER TABLE notes ADD COLUMN id int')).rejects.toThrow(
      'already exists',
    );
  });
});

describe('the manual', () => {
  beforeAll(async () => {
    database = await freshDatabase();
    await connected(async ([connection]) => connection?.query(RELATIONS));
  });
  afterAll(() => database.drop());

  const ALL = ['notes', ODD, 'sales.days', 'sales.orders', 'sales.orders_new', 'sales.orders_old'];
  test.each([
    ['VACUUM (ANALYZE) notes, sales.days', 'ShareUpdateExclusive', ['notes', 'sales.days']],
    ['VACUUM (FULL false) notes', 'ShareUpdateExclusive', ['notes']],
    ['VACUUM (FULL 0) notes', 'ShareUpdateExclusive', ['notes']],
    ['VACUUM FULL notes', 'AccessExclusive', ['notes']],
    ['VACUUM (FULL) notes', 'AccessExclusive', ['notes']],
    ['VACUUM', 'ShareUpdateExclusive', ALL],
    ['CLUSTER notes USING notes_pkey', 'AccessExclusive', ['notes']],
    ['REINDEX SCHEMA sales', 'Share', ALL],
    ['REINDEX INDEX CONCURRENTLY sales.days_count', 'ShareUpdateExclusive', ['sales.days']],
    ['DROP INDEX CONCURRENTLY IF EXISTS missing', '', []],
    ["ALTER TYPE mood ADD VALUE 'x'", '', []],
    ['BEGIN', '', []],
  ])('gives the locks of %s', async (sql, mode, tables) => {
    const locks = await connected(async ([connection]) => connection && documentedLocks(connection, sql));
    expect(shown({ locks: locks ?? [] })).toEqual(tables.map((table) => `${mode} ${table} manual`));
  });
});
