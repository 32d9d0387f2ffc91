import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../tests/fixtures/test-server.fixture.ts';
import type { Server } from './server.ts';
import { watchServerWide } from './server-wide.ts';

const { signal } = new AbortController();

let server: Server;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ server, stop } = await startServer());
});
afterAll(() => stop());

const execute = (...statements: string[]): Promise<void> =>
  server.administer(async (admin) => {
    for (const statement of statements) await admin.query(statement);
  });

test("a change of a user's database as a whole is reported once, and not reverted", async () => {
  await execute('CREATE DATABASE "Shop"', `CREATE DATABASE ${server.namePrefix}_own`);
  const changes = await watchServerWide({ server, signal });
  await execute(
    'ALTER DATABASE "Shop" CONNECTION LIMIT 7 IS_TEMPLATE true',
    'GRANT CREATE ON DATABASE "Shop" TO PUBLIC',
    `ALTER DATABASE ${server.namePrefix}_own CONNECTION LIMIT 7`,
  );
  const told = await changes();
  expect(told.map(({ what }) => what).toSorted()).toEqual([
    'the connection limit 7 of database "Shop"',
    'the database "Shop" as a template',
    expect.stringMatching(/^the privileges \{.*\} on database "Shop"$/),
  ]);
  expect(told.map(({ isTakenBack }) => isTakenBack)).toEqual([false, false, false]);
  expect(await changes()).toEqual([]);
});

test('what another run does with its databases is not reported', async () => {
  const changes = await watchServerWide({ server, signal });
  await execute(
    'CREATE DATABASE other_run_arm',
    `COMMENT ON DATABASE other_run_arm IS 'index-impact: made by index-impact deadbeef; "index-impact clean" removes it'`,
    'ALTER DATABASE other_run_arm CONNECTION LIMIT 7 IS_TEMPLATE true',
    'GRANT CREATE ON DATABASE other_run_arm TO PUBLIC',
    "ALTER DATABASE other_run_arm SET work_mem = '8MB'",
  );
  expect(await changes()).toEqual([]);
});
