import { expect, test, vi } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { BY_CUSTOMER, triesInShop } from './fixtures/tries-in-shop.ts';

const { own, shop, urlOf, tried, sqlFile } = triesInShop();

/** Nothing was measured, and what is said is this. */
async function refused(words: readonly string[], code: ExitCode, text: RegExp, from?: string): Promise<void> {
  const outcome = await tried(words, from);
  expect(outcome.io.err()).toMatch(text);
  expect(outcome.code).toBe(code);
  expect(outcome.io.err()).not.toMatch(/\n {4}at /);
}

test('all that is wrong with a command line is said at once, before anything is read', async () => {
  const io = capturedIo();
  expect(await run(['try', '--max-size', 'much', '--on', 'moon', 'missing.sql'], io)).toBe(ExitCode.usage);
  expect(io.err()).toMatch(/--from: is missing/);
  expect(io.err()).toMatch(/--max-size: "much"/);
  expect(io.err()).toMatch(/--on: "moon"/);
  expect(io.err()).toMatch(/there is no file missing\.sql/);
});

test('a wrong password, a missing right and a password on the command line each have their words', async () => {
  vi.stubEnv('PGPASSWORD', 'wrong');
  const io = capturedIo();
  const argv = ['try', '--from', urlOf(), '--yes', '--out', own.out, BY_CUSTOMER];
  expect(await run(argv, io)).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(/No connection to database "shop".*\n.*password authentication failed/);
  await refused(
    [BY_CUSTOMER],
    ExitCode.usage,
    /may not read customers, which is needed: GRANT SELECT/,
    urlOf('shop', 'stranger'),
  );
  const typed = urlOf().replace('reader@', 'reader:secret@');
  const shown = capturedIo();
  expect(await run(['try', '--from', typed, BY_CUSTOMER], shown)).toBe(ExitCode.usage);
  expect(shown.err()).toMatch(/--from: has a password/);
  expect(shown.err()).not.toContain('secret');
});

test('a migration that is applied already, touches nothing or cannot be applied is refused before rows are copied', async () => {
  const applied = await sqlFile(
    'applied.sql',
    'CREATE INDEX orders_placed_on_idx ON sales.orders (placed_on);',
  );
  await refused(
    [applied],
    ExitCode.incomplete,
    /is already applied: the source has sales\.orders_placed_on_idx/,
  );
  const elsewhere = await sqlFile('elsewhere.sql', 'CREATE INDEX ON films (title);');
  await refused([elsewhere], ExitCode.incomplete, /touches no table of the source/);
  const broken = await sqlFile('broken.sql', 'CREATE INDEX ON customers (nothing);');
  const { code, io } = await tried([broken]);
  expect(code).toBe(ExitCode.incomplete);
  expect(io.err()).toMatch(/column "nothing" does not exist/);
  expect(io.err()).not.toMatch(/ok {2}copy/);
});

test('a migration that only the rows refuse is named as its author wrote it', async () => {
  const unique = await sqlFile('unique.sql', 'CREATE UNIQUE INDEX ON customers (left(email, 1));');
  await refused(
    [unique],
    ExitCode.incomplete,
    /-kept\/migrations\/unique\.sql:1:1: could not create unique index/,
  );
});

test('a source without statements names --queries', async () => {
  await shop().asOwner((owner) => owner.query('CREATE DATABASE bare TEMPLATE template0'));
  await shop().inDatabase('bare', (owner) => owner.query('CREATE TABLE customers (id integer)'));
  const file = await sqlFile('bare.sql', 'CREATE INDEX ON customers (id);');
  await refused([file], ExitCode.usage, /no extension pg_stat_statements; --queries/, urlOf('bare'));
});
