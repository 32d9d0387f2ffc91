import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { RunError } from '../model/errors.ts';
import { applyCandidate, type AppliedCandidate } from './candidate.ts';
import { withConnections } from './connection.ts';
import { RELATIONS } from './relations.fixture.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const apply = (text: string): Promise<AppliedCandidate> =>
  withConnections(database.login, 2, new AbortController().signal, async ([connection, watcher]) => {
    await connection.query(RELATIONS);
    return applyCandidate(connection, { path: '042.sql', text }, watcher);
  });

const figures = ({ built }: AppliedCandidate) =>
  built.map(({ name, table, definition, bytes, valid }) => ({ name, table, definition, bytes, valid }));

test('two indexes are the same whether they are built concurrently or not', async () => {
  const build = (how: string): string => `
    CREATE INDEX${how} odd_note ON sales."Odd ""one" (note);
    CREATE UNIQUE INDEX${how} orders_old_id ON sales.orders_old (id);`;
  const plain = figures(await apply(build('')));
  await database.drop();
  database = await freshDatabase();
  const concurrent = figures(await apply(build(' CONCURRENTLY')));
  expect(concurrent).toEqual(plain);
  expect(plain.map(({ name }) => name)).toEqual(['sales.odd_note', 'sales.orders_old_id']);
});

test('an index on a partitioned table is one', async () => {
  const { built } = await apply('CREATE INDEX orders_id ON sales.orders (id)');
  expect(built.map(({ name, table, partitioned }) => ({ name, table, partitioned }))).toEqual([
    { name: 'sales.orders_id', table: 'sales.orders', partitioned: true },
  ]);
});

test('an index that cannot be built concurrently is named, because it is left behind INVALID', async () => {
  const failed = apply(`
    INSERT INTO sales."Odd ""one" VALUES (1, 'twice'), (2, 'twice');
    CREATE UNIQUE INDEX CONCURRENTLY odd_unique ON sales."Odd ""one" (note);`);
  const error: unknown = await failed.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RunError);
  expect((error as RunError).message).toBe('042.sql:3:5: could not create unique index "odd_unique"');
  expect((error as RunError).detail).toContain('It leaves sales.odd_unique INVALID');
});

test('what a statement locks and rewrites is told, and what it only creates is not', async () => {
  const { statements } = await apply(`
    CREATE INDEX odd_note ON sales."Odd ""one" (note);
    CREATE TABLE made (i int);
    ALTER TABLE notes ALTER COLUMN id TYPE bigint;`);
  expect(statements.map(({ locks, rewritten }) => ({ locks, rewritten }))).toEqual([
    { locks: [{ table: 'sales."Odd ""one"', mode: 'ShareLock' }], rewritten: [] },
    { locks: [], rewritten: [] },
    { locks: [{ table: 'notes', mode: 'AccessExclusiveLock' }], rewritten: ['notes'] },
  ]);
});

test('an index that is dropped is told, and one that is made and dropped again is neither', async () => {
  const { built, dropped } = await apply(`
    DROP INDEX sales.orders_note;
    CREATE INDEX passing ON notes (body);
    DROP INDEX passing;`);
  expect(built).toEqual([]);
  expect(dropped.map(({ name, table }) => ({ name, table }))).toEqual([
    { name: 'sales.orders_note', table: 'sales.orders' },
  ]);
});
