import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { loginTo } from './fixtures/test-server.fixture.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { PASSWORD, startHost, TINY, type Host } from './fixtures/host.ts';
import { startProgram } from './fixtures/program.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { untilMaking } from './fixtures/making-databases.ts';
import { run } from '../bench/main.ts';
import { ExitCode, Interrupted } from '../bench/model/errors.ts';

const never = new AbortController().signal;

let host: Host;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const urlOf = (role: string): string => host.urlOf(role);
const asOwner: Host['asOwner'] = (use) => host.asOwner(use);
const databases = (): Promise<string[]> => host.databases();

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'guest-'));
});
afterEach(() => rm(out, { recursive: true }));

/** Slows the other arm down instead of speeding its own up. */
const SLOW_BEFORE = `
  CREATE INDEX ix_notes_author ON notes (author);
  DO $$
  DECLARE other text;
  BEGIN
    FOR other IN SELECT datname FROM pg_database WHERE datname LIKE 'index_impact%' AND datname <> current_database()
    LOOP EXECUTE format('ALTER DATABASE %I SET enable_indexscan = off', other); END LOOP;
  END $$`;

const BRIEFLY = ['--baseline', 'shipped', '--only', 'by-author', '--budget', '1'];

/** Runs a small run as this role, with its password from the environment. */
async function runAs(role: string, flags: string[] = [], signal = never) {
  const io = { ...capturedIo(signal), env: { DATABASE_URL: urlOf(role) } };
  const exitCode = await run([...TINY, '--budget', '4', '--out', out, '--target', 'url', ...flags], io);
  return { exitCode, out: io.out(), err: io.err() };
}

/** The text of every file below the output directory. */
async function writtenTexts(): Promise<string[]> {
  const files = await readdir(out, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return Promise.all(paths.map((path) => readFile(path, 'utf8')));
}

describe('a guest who may create databases and nothing else', () => {
  test('measures, says what it could not read, never shows its password, and leaves the server unchanged', async () => {
    const before = await databases();
    const guest = await runAs('guest');
    expect(guest.exitCode, guest.err).toBe(ExitCode.done);
    expect(await databases()).toEqual(before);
    const { environment, reads, writes, warnings } = await storedResult(out);
    expect(environment).toMatchObject({
      target: 'url',
      pinning: { state: 'unpinned' },
      settings: { jit: 'off' },
    });
    expect([...reads, ...writes].map(({ state }) => state)).not.toContain('failed');
    expect(warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['no-server-time', 'no-checkpoint']),
    );
    const { rows } = await asOwner((owner) => owner.query('SELECT FROM pg_db_role_setting'));
    expect(rows).toEqual([]);
    for (const text of [guest.out, guest.err, ...(await writtenTexts())]) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(encodeURIComponent(PASSWORD));
    }
  });

  test("reports the planner settings of the measurement, the role's included", async () => {
    await asOwner((owner) => owner.query('ALTER ROLE guest SET enable_hashjoin = off'));
    const { exitCode, err } = await runAs('guest', BRIEFLY);
    await asOwner((owner) => owner.query('ALTER ROLE guest RESET enable_hashjoin'));
    expect(exitCode, err).toBe(ExitCode.done);
    const { environment } = await storedResult(out);
    expect(environment.settings).toMatchObject({ enable_hashjoin: 'off', enable_mergejoin: 'on' });
  });

  test.each(['postgres', 'index-impact 00000000'])(
    'is recognised as running, although its URL sets the application name "%s"',
    async (name) => {
      const url = new URL(urlOf('guest'));
      url.searchParams.set('application_name', name);
      const interruption = new AbortController();
      const io = { ...capturedIo(interruption.signal), env: { DATABASE_URL: url.href } };
      const ended = new AbortController();
      const flags = ['--budget', '60', '--out', out, '--target', 'url', '--yes'];
      const running = run([...TINY, ...flags], io).finally(() => {
        ended.abort();
      });
      while (
        !ended.signal.aborted &&
        (await databases()).filter((name) => name.startsWith('index_impact_')).length < 3
      )
        await sleep(20);
      // Another process: this one knows its own run.
      const cleaning = startProgram(['clean', '--yes'], out, { env: { DATABASE_URL: host.url } });
      expect(await cleaning.exitCode).toBe(ExitCode.done);
      expect(cleaning.out()).toMatch(/_template\n +a database on .*, in use\n/);
      expect(cleaning.out()).not.toContain('orphaned');
      expect(ended.signal.aborted, io.err()).toBe(false);
      interruption.abort(new Interrupted('SIGINT'));
      expect(await running, io.err()).toBe(ExitCode.interrupted);
    },
  );

  test('measures without settings that a candidate made for other databases of the run, and says so', async () => {
    const candidate = join(out, 'cheat.sql');
    await writeFile(candidate, SLOW_BEFORE);
    const reports = join(out, 'reports');
    const flags = ['--candidate', candidate, ...BRIEFLY, '--out', reports];
    const { exitCode, err } = await runAs('guest', flags);
    expect(exitCode, err).toBe(ExitCode.done);
    const { warnings } = await storedResult(reports);
    expect(warnings).toContainEqual(
      expect.objectContaining({
        cause: expect.stringMatching(
          /setting enable_indexscan in database index_impact_\w+_before/,
        ) as string,
        remedy: expect.stringContaining('it was taken back') as string,
      }),
    );
  });

  test('leaves nothing when it is interrupted, whatever it is making at that moment', async () => {
    const before = await databases();
    const interruption = new AbortController();
    const running = runAs('guest', ['--yes'], interruption.signal);
    while ((await databases()).length < before.length + 2) await sleep(20);
    await asOwner((owner) => untilMaking(owner, true));
    interruption.abort(new Error('enough'));
    expect((await running).exitCode).not.toBe(ExitCode.done);
    expect(await databases()).toEqual(before);
  });

  test('whose connection is cut during COPY reports one error, and leaves nothing', async () => {
    const before = await databases();
    const running = runAs('guest', ['--yes', '--scale', '20']);
    const cut = () =>
      asOwner(async (owner) => {
        const { rowCount } = await owner.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'guest' AND query LIKE 'COPY%' AND state = 'active'",
        );
        return rowCount;
      });
    while ((await cut()) === 0) await sleep(20);
    const { exitCode, err } = await running;
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toMatch(/^index-impact: Loading table "notes" failed: /m);
    expect(err).not.toMatch(/^ +at /m);
    expect(await databases()).toEqual(before);
  });

  test('asks before it measures where other sessions are active, and --yes answers', async () => {
    await withConnection(loginTo(host.url), never, async (other) => {
      await other.query("SET application_name = 'somebody else'");
      const unattended = await runAs('guest');
      expect(unattended.exitCode).toBe(ExitCode.usage);
      expect(unattended.err).toContain(
        '--yes: is missing; others seem to use this server: 1 other session is open',
      );
      expect((await runAs('guest', ['--yes'])).exitCode).toBe(ExitCode.done);
    });
  });

  test('asks where a replica is connected or many transactions run', async () => {
    await asOwner(async (owner) => {
      await owner.query("SELECT pg_create_physical_replication_slot('replica', true, true)");
      const answered = new AbortController();
      const unattended = runAs('guest').finally(() => {
        answered.abort();
      });
      while (!answered.signal.aborted) await owner.query('SELECT');
      const { exitCode, err } = await unattended;
      expect(exitCode).toBe(ExitCode.usage);
      expect(err).toContain('1 replica follows it');
      expect(err).toMatch(/it carries out \d+ transactions a second/);
    });
  });
});

test('a role that may not create databases gets the statement that grants it', async () => {
  const { exitCode, err } = await runAs('stranger');
  expect(exitCode).toBe(ExitCode.incomplete);
  expect(err).toContain(
    'The role "stranger" may not create databases\nHave a superuser run: ALTER ROLE "stranger" CREATEDB',
  );
});

test('a wrong password is refused without being repeated', async () => {
  const url = new URL(urlOf('guest'));
  url.password = 'wr0ng';
  const io = { ...capturedIo(), env: { DATABASE_URL: url.href } };
  expect(await run([...TINY, '--budget', '4', '--out', out, '--target', 'url'], io)).toBe(
    ExitCode.incomplete,
  );
  expect(io.err()).toContain('password authentication failed');
  expect(io.err()).not.toContain('wr0ng');
});
