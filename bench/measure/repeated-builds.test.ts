import { afterAll, beforeAll, expect, test } from 'vitest';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { createDatabase, dropDatabase } from '../database/databases.ts';
import { listIndexes } from '../database/indexes.ts';
import { databaseName } from '../database/server.ts';
import { rebuild } from './repeated-builds.ts';

const site = testSite();
const database = databaseName(site.server, 'rebuilds');

const inside = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(site.server.owner(database), site.signal, use);

beforeAll(async () => {
  await createDatabase(site, database);
  await inside((connection) =>
    connection.query(`
      CREATE TABLE notes (id integer PRIMARY KEY, author integer);
      INSERT INTO notes SELECT i, i % 7 FROM generate_series(1, 5000) AS i;
      CREATE INDEX ix_author ON notes (author)`),
  );
});
afterAll(() => dropDatabase(site, database));

const rebuilt = (name: string) =>
  inside(async (connection) => {
    const before = await listIndexes(connection);
    const index = before.find((one) => one.name === name);
    if (!index) throw new Error(name);
    const builds = await rebuild(connection, index);
    return { builds, before, after: await listIndexes(connection) };
  });

test('a short build is repeated five times, and the index is there afterwards as it was', async () => {
  const { builds, before, after } = await rebuilt('ix_author');
  expect(builds).toHaveLength(5);
  expect(after).toEqual(before);
});

test('each build writes the pages of its index to the log', async () => {
  const { builds, after } = await rebuilt('ix_author');
  const bytes = after.find(({ name }) => name === 'ix_author')?.bytes ?? NaN;
  for (const { walBytes } of builds) expect(walBytes).toBeGreaterThan(bytes / 2);
});

test('the index of a constraint is left alone', async () => {
  const { builds, before, after } = await rebuilt('notes_pkey');
  expect(builds).toEqual([]);
  expect(after).toEqual(before);
});
