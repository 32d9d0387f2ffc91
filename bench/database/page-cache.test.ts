import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../tests/fixtures/test-server.fixture.ts';
import { inPageCache } from './page-cache.ts';

type Started = Awaited<ReturnType<typeof startServer>>;
let server: Started['server'];
let stop: Started['stop'];
beforeAll(async () => ({ server, stop } = await startServer()));
afterAll(() => stop());

const waitsForDisk = (): Promise<string | undefined> =>
  server.administer(async (admin) => (await admin.query<{ fsync: string }>('SHOW fsync')).rows[0]?.fsync);

test('a server of ours does not wait for the disk, and does again once all is there', async () => {
  const seen: (string | undefined)[] = [await waitsForDisk()];
  const flush = async (): Promise<void> => {
    seen.push(await waitsForDisk());
    await server.flush?.();
  };
  await inPageCache({ ...server, flush }, async () => {
    seen.push(await waitsForDisk());
  });
  expect(seen).toEqual(['on', 'off', 'on']);
});

test("somebody's server is left as it is", async () => {
  expect(await inPageCache({ ...server, flush: undefined }, waitsForDisk)).toBe('on');
});
