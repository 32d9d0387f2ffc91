import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode, Interrupted } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { PASSWORD, startHost, type Host } from './fixtures/host.ts';
import { startProgram } from './fixtures/program.ts';
import { slowedServer } from './fixtures/slowed-server.ts';
import { storedResult } from './fixtures/stored-result.ts';

const never = new AbortController().signal;

/** The settings of the other server: it plans reads in another way. */
const OTHERWISE = { work_mem: '8MB', enable_indexscan: 'off', enable_bitmapscan: 'off' };

/** May have everything counted. */
const BOSS = `CREATE ROLE boss SUPERUSER LOGIN PASSWORD '${PASSWORD}'`;

let hosts: [Host, Host];
let slowed: Awaited<ReturnType<typeof slowedServer>>;
beforeAll(async () => {
  hosts = [await startHost(), await startHost(OTHERWISE)];
  for (const host of hosts) await host.asOwner((owner) => owner.query(BOSS));
  slowed = await slowedServer(hosts[1].url, 0.5);
  process.env.PGPASSWORD = PASSWORD;
});
afterAll(async () => {
  delete process.env.PGPASSWORD;
  await slowed.stop();
  for (const host of hosts) await host.stop();
});

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'two-servers-'));
});
afterEach(() => rm(out, { recursive: true }));

/** As a role whose password is in the environment. */
const roleAt = (role: string, url: string): string =>
  Object.assign(new URL(url), { username: role, password: '' }).href;
const guestAt = (url: string): string => roleAt('guest', url);

const NAPPING = ['run', '--suite', 'tests/fixtures/napping-suite/suite.ts', '--baseline', 'shipped', '--yes'];

async function runWith(flags: readonly string[], signal = never) {
  const io = capturedIo(signal);
  const exitCode = await run([...NAPPING, '--out', out, ...flags], io);
  return { exitCode, out: io.out(), err: io.err() };
}

const places = (): string[] => ['--before', guestAt(hosts[0].url), '--after', guestAt(slowed.url)];

/** Databases, and roles that runs have made, on each server. */
const onBoth = (): Promise<unknown[]> =>
  Promise.all(
    hosts.map((host) =>
      host.asOwner(async (owner) => [
        await host.databases(),
        (await owner.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'index_impact_%'")).rows,
      ]),
    ),
  );

async function writtenTexts(): Promise<string[]> {
  const files = await readdir(out, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return Promise.all(paths.map((path) => readFile(path, 'utf8')));
}

describe('arms on two servers of which one takes half as long again', () => {
  test('the candidate is told apart from the slower server, and nothing is left on either', async () => {
    const there = await onBoth();
    const found = await runWith([...places(), '--budget', '20']);
    expect(found.exitCode, found.err).toBe(ExitCode.done);
    expect(await onBoth()).toEqual(there);
    const { reads, writes, servers, environment, run: asked, warnings } = await storedResult(out);
    const nap = reads.find(({ id }) => id === 'nap');
    if (nap?.state !== 'measured') throw new Error('the nap was not measured');
    // It takes four fifths of its time, 40 ms instead of 50.
    expect(nap.estimate.low).toBeLessThan(1.25);
    expect(nap.estimate.high).toBeGreaterThan(1.2);
    expect(nap.serverRatio?.low).toBeGreaterThan(1);
    expect(servers?.ratio?.low).toBeGreaterThan(1);
    expect(new Set(nap.pairs.map(({ sequence }) => sequence))).toEqual(new Set(['AB', 'BA']));
    expect(servers?.differing.map(({ setting }) => setting)).toEqual(Object.keys(OTHERWISE).toSorted());
    expect(warnings.map(({ code }) => code)).toContain('servers-apart');
    expect(writes).toMatchObject([{ state: 'measured' }]);
    expect(environment.target).toBe('url');
    expect(asked.command).toContain('--before');
    expect(asked.command).not.toContain('--target');
    expect(found.out).toMatch(/^Servers: that of --after takes 1\.\d\dx \[/m);
    for (const text of [found.out, found.err, ...(await writtenTexts())])
      expect(text).not.toContain(PASSWORD);
  });

  test('a run that was interrupted leaves nothing on either, and goes on where both servers are as they were', async () => {
    const there = await onBoth();
    const ended = new AbortController();
    const going = runWith([...places(), '--budget', '4'], ended.signal);
    const [directory] = await untilWritten(() => readdir(out));
    await untilWritten(async () => {
      const text = await readFile(join(out, directory ?? '', 'unfinished.json'), 'utf8').catch(() => '');
      return text.includes('"sequence":"BA"') ? [text] : [];
    });
    ended.abort(new Interrupted('SIGINT'));
    const first = await going;
    expect(first.exitCode).toBe(ExitCode.interrupted);
    expect(await onBoth()).toEqual(there);
    expect(first.err).toContain('--resume');
    expect(first.err).not.toContain(PASSWORD);
    const io = capturedIo();
    expect(await run(['run', '--resume', join(out, directory ?? ''), '--yes'], io), io.err()).toBe(
      ExitCode.done,
    );
    expect(await onBoth()).toEqual(there);
    const { reads } = await storedResult(out);
    expect(reads.map(({ state }) => state)).toEqual(['measured', 'measured']);
  });
});

test('every server counts and times what is done there, and a plan that it has alone is noted', async () => {
  const flags = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.2', '--budget', '2'];
  const as = (place: number): string => roleAt('boss', hosts[place]?.url ?? '');
  const there = await onBoth();
  const found = await runWith([
    ...flags,
    '--before',
    as(0),
    '--after',
    as(1),
    '--only',
    'by-author,insert-notes',
  ]);
  expect(found.exitCode, found.err).toBe(ExitCode.done);
  expect(await onBoth()).toEqual(there);
  const { reads, writes, warnings } = await storedResult(out);
  const [[read], [insert]] = [reads, writes];
  if (read?.state !== 'measured' || insert?.state !== 'measured') throw new Error('both were measured');
  const { before, after } = insert.counters ?? {};
  if (!before || !after) throw new Error('nothing was counted');
  // One record more for the one index more.
  expect(after.steady.records - before.steady.records).toBeGreaterThanOrEqual(after.executions);
  expect(after.perIndex.map(({ index }) => index)).toContain('ix_notes_author');
  for (const row of [read, insert])
    for (const pair of row.pairs)
      expect([pair.before.serverMeanMs, pair.after.serverMeanMs]).not.toContain(undefined);
  expect(warnings.map(({ cause }) => cause)).toContainEqual(
    expect.stringMatching(/^on shipped the two servers have different plans for Notes of an author/),
  );
});

test('clean removes what a killed run has left on each', async () => {
  const there = await onBoth();
  const killed = startProgram([...NAPPING, '--out', out, ...places()], tmpdir());
  const databasesOn = async (): Promise<number> =>
    Math.min(...(await Promise.all(hosts.map(async (host) => (await host.databases()).length))));
  const usual = await databasesOn();
  while ((await databasesOn()) < usual + 2) await sleep(50);
  killed.child.kill('SIGKILL');
  await killed.exitCode;
  // The server continues, and notices the lost client only when it sends its answer.
  await sleep(1500);
  for (const host of hosts) {
    const io = capturedIo();
    expect(await run(['clean', '--url', guestAt(host.url), '--yes'], io), io.err()).toBe(ExitCode.done);
  }
  expect(await onBoth()).toEqual(there);
});

async function untilWritten(look: () => Promise<string[]>): Promise<string[]> {
  for (;;) {
    const found = await look();
    if (found.length > 0) return found;
    await sleep(50);
  }
}

describe('servers that are refused, with nothing made on either', () => {
  const expectRefused = async (flags: readonly string[], exitCode: ExitCode, text: RegExp): Promise<void> => {
    const there = await onBoth();
    const refused = await runWith(flags);
    expect(refused.exitCode, refused.err).toBe(exitCode);
    expect(refused.err).toMatch(text);
    expect(refused.err).not.toContain(PASSWORD);
    expect(await onBoth()).toEqual(there);
    expect(await readdir(out)).toEqual([]);
  };

  test('one without the other, and beside a target or its URL', async () => {
    const [, before = '', , after = ''] = places();
    await expectRefused(['--before', before], ExitCode.usage, /--before: needs --after/);
    await expectRefused(['--after', after], ExitCode.usage, /--after: needs --before/);
    const beside = [...places(), '--target', 'docker', '--url', before, '--pg', '17'];
    await expectRefused(
      beside,
      ExitCode.usage,
      /--target: leave it out.*--url: leave it out.*--pg: says nothing to --before and --after/s,
    );
    await expectRefused(
      ['--before', before.replace('guest@', `guest:${encodeURIComponent(PASSWORD)}@`), '--after', after],
      ExitCode.usage,
      /--before: has a password/,
    );
  });

  test('the same server, by the same name and by another', async () => {
    const one = guestAt(hosts[0].url);
    const same = /--after: leads to the same server as --before/;
    await expectRefused(['--before', one, '--after', one], ExitCode.usage, same);
    const other = one.replace('127.0.0.1', 'localhost').replace('/postgres', '/template1');
    await expectRefused(['--before', one, '--after', other], ExitCode.usage, same);
    await expectRefused(
      ['--before', guestAt(hosts[1].url), '--after', guestAt(slowed.url)],
      ExitCode.usage,
      same,
    );
  });

  test('one that cannot be reached', async () => {
    const nobody = 'postgres://guest@127.0.0.1:1/postgres';
    const there = /No connection to database "postgres" on 127\.0\.0\.1:1/;
    await expectRefused(['--before', nobody, '--after', guestAt(hosts[1].url)], ExitCode.incomplete, there);
    await expectRefused(['--before', guestAt(hosts[0].url), '--after', nobody], ExitCode.incomplete, there);
  });
});
