import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from '../bench/main.ts';
import type { Audit } from '../bench/model/audit.ts';
import { ExitCode } from '../bench/model/errors.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

test('an audit of an empty database says "none" for every part that it could check', async () => {
  const io = capturedIo();
  expect(await run(['audit'], { ...io, env: { DATABASE_URL: database.url } })).toBe(ExitCode.done);
  expect(io.err()).toBe('');
  expect(io.out().match(/: none$/gm)).toHaveLength(5);
  expect(io.out()).toContain('Bloated indexes: not checked');
});

test('an audit as JSON holds the same parts', async () => {
  const io = capturedIo();
  expect(await run(['audit', '--json'], { ...io, env: { DATABASE_URL: database.url } })).toBe(ExitCode.done);
  const audit = JSON.parse(io.out()) as Audit;
  expect(audit.database).toBe(new URL(database.url).pathname.slice(1));
  expect(audit.parts.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 4 }, () => 'checked'),
    'not checked',
    'checked',
  ]);
});

test.each([
  [[], '--url: is missing, and so is DATABASE_URL; it takes the postgres:// URL of a database'],
  [['--url', 'mysql://host/db'], '--url: takes a postgres:// URL'],
  [
    ['--url', 'postgres://me@127.0.0.1:99999/db'],
    '--url: takes a postgres:// URL; in its user name and password, write / as %2F, @ as %40, ? as %3F, # as %23 and % as %25',
  ],
  [
    ['--url', 'postgres://me:s3cret@host/db'],
    '--url: has a password, which every user of this machine could read; put it into PGPASSWORD or a passfile, or the whole URL into DATABASE_URL',
  ],
])('an audit with %j is refused', async (flags, problem) => {
  const io = capturedIo();
  expect(await run(['audit', ...flags], io)).toBe(ExitCode.usage);
  expect(io.err()).toBe(`index-impact: ${problem}\n`);
});

test.each(['127.0.0.1:1/db'])(
  'an audit of an unreachable server at %s ends with 4, and never prints the password',
  async (place) => {
    const io = capturedIo();
    expect(await run(['audit'], { ...io, env: { DATABASE_URL: `postgres://me:s3cret@${place}` } })).toBe(
      ExitCode.incomplete,
    );
    expect(io.err()).toMatch(/^index-impact: ./);
    expect(io.out() + io.err()).not.toContain('s3cret');
  },
);
