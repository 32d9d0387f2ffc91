import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { randomFor } from '../../../seed/random.ts';
import { withConnections, type Connection } from '../../database/connection.ts';
import { watchArm } from './arm-watch.ts';
import { MixedLoad, type MixedStatement } from './mixed-load.ts';
import { loadFor } from './stretch.ts';

const { signal } = new AbortController();
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await withSessions((sessions) => sessions[0].query('CREATE TABLE notes (id int PRIMARY KEY)'));
});
afterAll(() => database.drop());

const withSessions = <T>(use: (sessions: [Connection, ...Connection[]]) => Promise<T>): Promise<T> =>
  withConnections(database.login, 3, signal, use);

const statement = (sql: string, share = 1, times = Infinity): MixedStatement => {
  let left = times;
  return { title: sql, sql, share, next: () => (left-- > 0 ? (session) => session.query(sql) : undefined) };
};
const loadOf = (...statements: MixedStatement[]) => new MixedLoad(statements, randomFor(1, 'load'));
const drawn = (load: MixedLoad, count: number) =>
  Array.from({ length: count }, () => load.next()?.statement.title);

describe('a mixed load', () => {
  test('has its statements by their shares, in the same order for the same random numbers', () => {
    const titles = drawn(loadOf(statement('often', 4), statement('seldom')), 1000);
    expect(drawn(loadOf(statement('often', 4), statement('seldom')), 1000)).toEqual(titles);
    const share = titles.filter((title) => title === 'often').length / titles.length;
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.85);
  });

  test('goes on without a statement that has no row left, names it, and ends without any', () => {
    const load = loadOf(statement('DELETE', 1, 2), statement('SELECT', 1, 3));
    expect(drawn(load, 5).toSorted()).toEqual(['DELETE', 'DELETE', 'SELECT', 'SELECT', 'SELECT']);
    expect(load.next()).toBeUndefined();
    expect(load.usedUp.toSorted()).toEqual(['DELETE', 'SELECT']);
  });
});

describe('a stretch', () => {
  test('has each execution once, and counts a conflict with another session apart', async () => {
    const insert = 'INSERT INTO notes VALUES (1)';
    const loaded = await withSessions((sessions) =>
      loadFor(1, loadOf(statement(insert, 1, 5), statement('SELECT', 1, 20)), sessions),
    );
    expect(loaded.refused).toBe(4);
    expect(loaded.durationsMs).toHaveLength(21);
    expect(loaded.executions).toHaveLength(1);
  });

  test('ends with the statement that PostgreSQL refuses in any session', async () => {
    const failing = withSessions((sessions) =>
      loadFor(60, loadOf(statement('SELECT 1', 50), statement('SELECT 1/0')), sessions),
    );
    await expect(failing).rejects.toThrow('SELECT 1/0: division by zero');
  });

  test('knows the seconds in which checkpoints ended', async () => {
    const happened = await withSessions(async ([watcher, other]) => {
      const watching = watchArm(watcher, 3, signal);
      await other?.query('SELECT pg_sleep(0.5)');
      await other?.query('CHECKPOINT');
      return watching;
    });
    expect(happened.checkpoints.length).toBeGreaterThan(0);
    expect(happened.vacuums).toEqual([]);
  });
});
