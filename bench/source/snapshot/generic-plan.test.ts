import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceOf } from '../../../tests/fixtures/snapshot-of.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { withSource } from '../open-source.ts';
import { genericPlan } from './generic-plan.ts';

const { signal } = new AbortController();
let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test.each([15, 16])('a statement that cannot be planned stops no other one, as in %d', async (major) => {
  const planned = await withConnection(database.login, signal, (owner) =>
    withSource(sourceOf(owner), signal, async ({ connection }) => {
      const plan = (sql: string) => genericPlan(connection, { sql }, { major, searchPath: ['public'] });
      return [await plan('SELECT 1 / 0'), await plan('SELECT $1::int')];
    }),
  );
  expect(planned).toMatchObject([
    { state: 'refused', reason: 'division by zero' },
    { state: 'planned', plan: { signature: 'Result' } },
  ]);
});
