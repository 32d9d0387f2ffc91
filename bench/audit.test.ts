import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from './database/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from './main.ts';
import type { Audit } from './model/audit.ts';
import { ExitCode } from './model/errors.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

test('an audit of an empty database says "none" for every part that it could check', async () => {
  const io = capturedIo();
  expect(await run(['audit', '--url', database.url], io)).toBe(ExitCode.done);
  expect(io.err()).toBe('');
  expect(io.out().match(/: none$/gm)).toHaveLength(5);
  expect(io.out()).toContain('Bloated indexes: not checked');
});

test('an audit as JSON holds the same parts', async () => {
  const io = capturedIo();
  expect(await run(['audit', '--url', database.url, '--json'], io)).toBe(ExitCode.done);
  const audit = JSON.parse(io.out()) as Audit;
  expect(audit.database).toBe(new URL(database.url).pathname.slice(1));
  expect(audit.parts.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 4 }, () => 'checked'),
    'not checked',
    'checked',
  ]);
});

test.each([
  [[], '--url: is missing; it takes the postgres:// URL of a database'],
  [['--url', 'mysql://host/db'], '--url: takes a postgres:// URL'],
])('an audit with %j is refused', async (flags, problem) => {
  const io = capturedIo();
  expect(await run(['audit', ...flags], io)).toBe(ExitCode.usage);
  expect(io.err()).toBe(`index-impact: ${problem}\n`);
});

test.each(['127.0.0.1:1/db', '127.0.0.1:99999/db'])(
  'an audit of what cannot be reached at %s ends with 4, and never prints the password',
  async (place) => {
    const io = capturedIo();
    expect(await run(['audit', '--url', `postgres://me:s3cret@${place}`], io)).toBe(ExitCode.incomplete);
    expect(io.err()).toMatch(/^index-impact: ./);
    expect(io.out() + io.err()).not.toContain('s3cret');
  },
);
