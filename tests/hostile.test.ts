import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import type { Server } from '../bench/database/server.ts';
import { loginTo, startServer } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { LOGIN_TRIGGER, makeHostile } from './fixtures/hostile-database.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';

const never = new AbortController().signal;
const SUITE = ['--suite', 'tests/fixtures/tiny-suite/suite.ts'];
const SMALL = [...SUITE, '--scale', '0.05', '--baseline', 'shipped'];

let server: Server;
let stop: () => Promise<void>;
let directory: string;
let url: string;
beforeAll(async () => {
  ({ server, stop } = await startServer());
  directory = await mkdtemp(join(tmpdir(), 'hostile-'));
  await chmod(directory, 0o777);
  url = Object.assign(new URL(server.admin().url), { pathname: 'hostile' }).href;
  await prepare();
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

const file = (): string => join(directory, 'caught');

/** The database's owner is no superuser; only the event trigger needs one. */
async function prepare(): Promise<void> {
  await withConnection(server.admin(), never, async (admin) => {
    await admin.query('CREATE ROLE mallory');
    await admin.query('CREATE DATABASE hostile OWNER mallory');
  });
  await withConnection(loginTo(url), never, async (owner) => {
    await owner.query('SET ROLE mallory');
    await makeHostile(owner, file());
    await owner.query('ALTER DATABASE hostile SET search_path = public, pg_catalog');
    await owner.query(`RESET ROLE; ${LOGIN_TRIGGER}`);
  });
}

/** Rows that its code wrote, read without running it. */
async function caught(): Promise<number> {
  const careful = { ...loginTo(url), settings: { search_path: 'pg_catalog', event_triggers: 'off' } };
  return withConnection(careful, never, async (connection) => {
    const { rows } = await connection.query<{ n: string }>('SELECT count(*) AS n FROM public.caught');
    return Number(rows[0]?.n);
  });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe("code that a database's owner left there is not run", () => {
  const reports = (): string[] => ['--out', join(directory, 'reports')];
  const guest = (): string[] => [...SMALL, '--target', 'url', '--yes', '--budget', '2', ...reports()];
  const night = (): string[] => ['--workload', 'headline', '--history', join(directory, 'history')];

  test.each([
    ['audit', () => [], ExitCode.done],
    ['verify', () => [...SUITE, '--url', withoutPassword()], ExitCode.gateFailed],
    ['clean', () => [], ExitCode.done],
    ['clean', () => ['--yes'], ExitCode.done],
    ['run', guest, ExitCode.done],
    ['nightly', () => [...guest(), ...night()], ExitCode.done],
  ] as const)('by %s', async (command, flags, exitCode) => {
    const io = { ...capturedIo(), env: { DATABASE_URL: url } };
    expect(await run([command, ...flags()], io), io.err()).toBe(exitCode);
    expect(await caught()).toBe(0);
    expect(await exists(file())).toBe(false);
  });

  /** In the form of a command line. */
  function withoutPassword(): string {
    const own = new URL(url);
    vi.stubEnv('PGPASSWORD', own.password);
    own.password = '';
    return own.href;
  }
});
