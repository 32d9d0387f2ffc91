import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownTemporary, SMALL, type Started } from './fixtures/kills.ts';
import { memoryGroups, withMemoryGroup } from './fixtures/memory-groups.ts';
import { serverProcesses } from './fixtures/server-processes.ts';
import { parseResult } from '../bench/report/result-file.ts';

/** How long the server is stopped: half a minute in `npm run test:kills`. */
const PAUSE_SECONDS = process.env.KILLS === undefined ? 3 : 30;

const temporary = ownTemporary();

let out: string;
beforeEach(async () => (out = await mkdtemp(join(tmpdir(), 'reports-'))));
afterEach(() => rm(out, { recursive: true, force: true }));

const ONE_READ = ['run', ...SMALL, '--only', 'by-author', '--budget', '1'];

/** The last run, with its report. */
async function lastRun() {
  const runs = (await readdir(out)).filter((name) => name !== 'latest.md').toSorted();
  const file = join(out, runs.at(-1) ?? '', 'result.json');
  const report = await readFile(join(out, 'latest.md'), 'utf8');
  return { result: parseResult(await readFile(file, 'utf8'), file), report };
}

/** Each round has its own sessions: many that were active mean that there have been rounds, and what they usually take. */
async function untilPairsRun(run: Started): Promise<void> {
  const seen = new Set<number>();
  while (seen.size < 30 && run.child.exitCode === null) {
    for (const { pid, title } of await serverProcesses(temporary.path))
      if (title.endsWith(' SELECT')) seen.add(pid);
    await sleep(20);
  }
}

describe.runIf(process.platform === 'linux')('a server that is stopped', () => {
  test(`for ${PAUSE_SECONDS} s is waited for, and the report says so`, { timeout: 300_000 }, async () => {
    const flags = ['--suite', 'tests/fixtures/slow-suite/suite.ts', '--only', 'by-author', '--budget', '10'];
    const run = temporary.start('run', ...SMALL.slice(2), ...flags, '--out', out);
    await untilPairsRun(run);
    const stopped = await serverProcesses(temporary.path);
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP');
    await sleep(PAUSE_SECONDS * 1000);
    for (const { pid } of stopped) process.kill(pid, 'SIGCONT');
    expect(await run.ended, run.output()).toBe(0);
    const { result, report } = await lastRun();
    // Of whatever was visited at that moment: the read, or a canary.
    const pauses = result.rounds.flatMap(({ causes }) => causes).filter(({ kind }) => kind === 'pause');
    const longest = Math.max(...pauses.map((cause) => ('pauseMs' in cause ? cause.pauseMs : 0)));
    // It may have begun before that visit.
    expect(longest).toBeGreaterThan(PAUSE_SECONDS * 900);
    expect(report).toMatch(/pause in 1 \(up to [\d.]+ s\)/);
    expect(await readdir(temporary.path)).toEqual([]);
  });
});

const groups = memoryGroups();
const why = groups.state === 'usable' ? '' : ` (not here: ${groups.why})`;

describe.runIf(groups.state === 'usable')(`when memory runs out${why}`, () => {
  const withLimit = async (megabytes: number, use: Parameters<typeof withMemoryGroup>[2]) =>
    groups.state === 'usable' && withMemoryGroup(groups, megabytes * 2 ** 20, use);

  /** Succeeds, whatever was left behind, and leaves nothing. */
  async function expectGoodRun(): Promise<void> {
    const next = temporary.start(...ONE_READ, '--out', out);
    expect(await next.ended, next.output()).toBe(0);
    expect((await lastRun()).result.run.outcome.state).toBe('complete');
    expect(await readdir(temporary.path)).toEqual([]);
    expect(await temporary.serversLeft()).toEqual([]);
  }

  test('and the kernel kills the program, the next run succeeds and leaves nothing', () =>
    withLimit(160, async (group) => {
      const run = temporary.start(...ONE_READ, '--out', out);
      group.add(run.child.pid ?? 0);
      expect(await run.ended).toBeUndefined();
      expect(group.kills()).toBeGreaterThan(0);
      await expectGoodRun();
    }));

  test('and the kernel kills a process of the server, the run ends with one error and leaves nothing', () =>
    withLimit(4, async (group) => {
      const run = temporary.start('run', ...SMALL, '--budget', '60', '--out', out);
      let server = await serverProcesses(temporary.path);
      while (server.length < 5) server = await serverProcesses(temporary.path);
      for (const { pid } of server) group.add(pid);
      expect(await run.ended, run.output()).toBe(4);
      expect(group.kills()).toBeGreaterThan(0);
      expect(run.output()).not.toMatch(/^ +at /m);
      expect(await readdir(temporary.path)).toEqual([]);
      await expectGoodRun();
    }));
});
