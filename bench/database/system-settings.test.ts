import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../tests/fixtures/test-server.fixture.ts';
import { withSystemSettings } from './system-settings.ts';

const USUAL = { autovacuum: 'on', checkpoint_timeout: '5min', max_wal_size: '1GB' };
const SHOW = `
  SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1) ORDER BY name`;

type Started = Awaited<ReturnType<typeof startServer>>;
let started: Started;
beforeAll(async () => (started = await startServer()));
afterAll(() => started.stop());

async function shown(): Promise<Record<string, string>> {
  const { rows } = await started.server.administer((admin) =>
    admin.query<{ name: string; value: string }>(SHOW, [Object.keys(USUAL)]),
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

test('a server of ours has other settings while they are used, and its own afterwards, also after an error', async () => {
  const own = { autovacuum: 'off', checkpoint_timeout: '1h', max_wal_size: '16GB' };
  expect(await shown()).toEqual(own);
  expect(await withSystemSettings(started, USUAL, shown)).toEqual(USUAL);
  expect(await shown()).toEqual(own);
  const failing = withSystemSettings(started, USUAL, () => Promise.reject(new Error('refused')));
  await expect(failing).rejects.toThrow('refused');
  expect(await shown()).toEqual(own);
});
