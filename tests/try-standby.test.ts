import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { shopFile, startShop } from './fixtures/shop.ts';
import { readerUrl, type Source } from './fixtures/source.ts';
import { storedResult } from './fixtures/stored-result.ts';

const own = ownDirectories();
let shop: Source;
beforeAll(async () => {
  shop = await startShop();
  await shop.becomeStandby();
});
afterAll(() => shop.stop());

test('a standby is read like any database, and the report says that it is one', async () => {
  vi.stubEnv('PGPASSWORD', 'reads');
  const io = capturedIo();
  const argv = ['try', '--from', readerUrl(shop), '--yes', '--out', own.out, '--budget', '1'];
  expect(await run([...argv, shopFile('by-customer.sql')], io), io.err()).toBe(ExitCode.done);
  expect(io.err()).toContain('it is a standby: its statistics have what was read there');
  const { source } = await storedResult(own.out);
  expect(source?.isStandby).toBe(true);
  expect(source?.tables).toContainEqual({ table: 'sales.orders', rows: 20_000, copiedRows: 20_000 });
});
