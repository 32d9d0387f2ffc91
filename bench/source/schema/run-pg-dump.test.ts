import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Login } from '../../database/login.ts';
import { runPgDump } from './run-pg-dump.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'pg-dump-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

const never = new AbortController().signal;

/** What a program in the place of pg_dump prints. */
async function printedBy(script: string, login: Partial<Login> = {}): Promise<string> {
  const path = join(directory, 'pg_dump');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  const url = 'postgres://reader:s%40fe@db.example:6543/shop?sslmode=disable&options=-c%20a%3D1';
  return runPgDump(
    path,
    { url, settings: { search_path: 'pg_catalog, pg_temp' }, environment: 'used', ...login },
    ['--schema-only'],
    never,
  );
}

test('the password goes to pg_dump by the environment, never by an argument', async () => {
  const [first, ...others] = (await printedBy('echo "$PGPASSWORD"; printf "%s\\n" "$@"')).trim().split('\n');
  expect(first).toBe('s@fe');
  expect(others).toEqual([
    '--schema-only',
    '--no-password',
    '--encoding=UTF8',
    '--dbname=postgres://reader@db.example:6543/shop?sslmode=disable&options=-c%20a%3D1%20-c%20search_path%3Dpg_catalog%2C%5C%20pg_temp',
  ]);
});

test('a URL without a password leaves PGPASSWORD and the passfile to libpq', async () => {
  vi.stubEnv('PGPASSWORD', 'of the environment');
  vi.stubEnv('PGPASSFILE', '/a/passfile');
  const url = 'postgres://reader@db.example/shop';
  expect(await printedBy('echo "$PGPASSWORD $PGPASSFILE"', { url })).toBe('of the environment /a/passfile\n');
});

test('on a server of ours PG* variables do not count', async () => {
  vi.stubEnv('PGPASSFILE', '/a/passfile');
  vi.stubEnv('PGOPTIONS', '-c a=2');
  expect(await printedBy('echo "[$PGPASSFILE$PGOPTIONS]"', { environment: 'ignored' })).toBe('[]\n');
});

test.each([
  ['table wages', 'GRANT SELECT on it'],
  ['materialized view totals', 'GRANT SELECT on it'],
  ['schema shop', 'GRANT USAGE on it'],
])('of %s, which the role may not read, the missing right is told', async (denied, remedy) => {
  const script = `
    echo 'pg_dump: error: query failed: ERROR:  permission denied for ${denied}' >&2
    echo 'pg_dump: detail: Query was: LOCK TABLE shop.wages IN ACCESS SHARE MODE' >&2
    exit 1`;
  await expect(printedBy(script)).rejects.toMatchObject({
    message: `The role may not read ${denied} of the source`,
    detail:
      `  query failed: ERROR:  permission denied for ${denied}\n` +
      '  detail: Query was: LOCK TABLE shop.wages IN ACCESS SHARE MODE',
    remedy: expect.stringContaining(remedy) as string,
  });
});

test('whatever else pg_dump says is passed on, without the password', async () => {
  const error: unknown = await printedBy('echo "pg_dump: error: no such thing" >&2; exit 1').catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({
    message: "pg_dump cannot read the source's schema",
    detail: '  no such thing',
  });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('s@fe');
});

test('an interruption ends pg_dump', async () => {
  const path = join(directory, 'pg_dump');
  await writeFile(path, '#!/bin/sh\nexec sleep 600\n');
  await chmod(path, 0o755);
  const interruption = new AbortController();
  const login: Login = { url: 'postgres://db.example/shop', settings: {}, environment: 'ignored' };
  const dumping = runPgDump(path, login, [], interruption.signal);
  interruption.abort(new Error('interrupted'));
  await expect(dumping).rejects.toThrow('interrupted');
});
