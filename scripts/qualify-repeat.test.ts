import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serializeResult } from '../bench/report/result-file.ts';
import { ownDirectories } from '../tests/fixtures/own-directories.ts';
import { runningCommands } from '../tests/fixtures/running-commands.ts';
import { madeRun } from './qualify-repeat/made-runs.fixture.ts';

const own = ownDirectories();

const SUITE = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--baseline', 'shipped'];
const TINY = [...SUITE, '--budget', '20'];

function start(...argv: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/typescript.js', 'scripts/qualify-repeat.ts', ...argv],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const shown = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (shown.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (shown.err += chunk.toString()));
  const code = once(child, 'close').then(([exitCode]) => exitCode as unknown);
  return { child, shown, code };
}

/** What a process has started, and what that has started. */
function descendants(pid: number | undefined): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return (stdout.match(/\d+/g) ?? []).map(Number).flatMap((child) => [child, ...descendants(child)]);
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function keep(...factors: number[]): Promise<void> {
  for (const [position, factor] of factors.entries()) {
    const result = madeRun(position + 1, factor);
    await mkdir(join(own.out, result.run.id));
    await writeFile(join(own.out, result.run.id, 'result.json'), serializeResult(result));
  }
}

test('two runs are made as whole processes, compared, and compared again from what is kept', async () => {
  const { shown, code } = start('--runs', '2', '--disturb', ...TINY, '--out', own.out);
  const exitCode = await code;
  expect(shown.err).toContain('run 2 of 2');
  expect(shown.out).toContain('reads, client');
  expect(shown.out).toContain('writes, server');
  expect(shown.out).toMatch(/2 runs in a row from .*, beside a process that scans 64 MB for 5 s in every 20/);
  const isMet = !shown.out.includes('not met:');
  expect(exitCode).toBe(isMet ? 0 : 1);
  const runs = await readdir(own.out, { withFileTypes: true });
  expect(runs.filter((entry) => entry.isDirectory() && /^\d{8}-/.test(entry.name))).toHaveLength(2);
  const again = start('--analyse', own.out, '--disturb');
  expect(await again.code).toBe(exitCode);
  expect(again.shown.out).toBe(shown.out);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the run that is being made and what disturbs it',
  async (name) => {
    const { child, shown, code } = start('--disturb', ...TINY, '--out', own.out);
    while (!/claims +[\d.]+ s/.test(shown.err)) await sleep(20);
    const begun = descendants(child.pid);
    expect(begun.length).toBeGreaterThan(2);
    child.kill(name);
    expect(await code).toBe(130);
    expect(shown.err).toContain(`index-impact: interrupted by ${name}`);
    while (begun.some(isRunning)) await sleep(20);
    expect(await runningCommands(own.out)).toEqual([]);
  },
);

test('what disturbs the runs ends with a script that is killed', async () => {
  const { child, shown, code } = start('--disturb', ...TINY, '--out', own.out);
  while (!/server +[\d.]+ s/.test(shown.err)) await sleep(20);
  const children = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(child.pid)], {
    encoding: 'utf8',
  }).stdout;
  const [neighbour] = children.split('\n').filter((line) => line.includes('busy-neighbour'));
  const [run] = children.split('\n').filter((line) => line.includes('bench/bin.ts'));
  child.kill('SIGKILL');
  while (isRunning(Number.parseInt(neighbour ?? '', 10))) await sleep(20);
  process.kill(Number.parseInt(run ?? '', 10), 'SIGTERM');
  await code;
  while (isRunning(Number.parseInt(run ?? '', 10))) await sleep(20);
});

test('kept runs that agree end it with 0', async () => {
  await keep(1, 1);
  const { shown, code } = start('--analyse', own.out);
  expect(await code).toBe(0);
  expect(shown.out).not.toContain('not met');
});

test('flags that run refuses end it with 2, and with the words of run', async () => {
  const { shown, code } = start('--scale', 'much', '--out', own.out);
  expect(await code).toBe(2);
  expect(shown.err).toContain('--scale');
  expect(shown.err).toContain('qualify:repeat: run refuses its flags');
});

test('a directory that is not empty, has one run, or runs of two kinds is refused with 2', async () => {
  await keep(1);
  const into = start('--out', own.out);
  expect(await into.code).toBe(2);
  expect(into.shown.err).toContain('is not empty; name another, or read it with --analyse');
  const single = start('--analyse', own.out);
  expect(await single.code).toBe(2);
  expect(single.shown.err).toContain('only one run is in it; two are the fewest to compare');
  const other = madeRun(2, 1);
  await mkdir(join(own.out, other.run.id));
  const unlike = { ...other, run: { ...other.run, seed: 7, outcome: { state: 'interrupted' as const } } };
  await writeFile(join(own.out, other.run.id, 'result.json'), serializeResult(unlike));
  const mixed = start('--analyse', own.out);
  expect(await mixed.code).toBe(2);
  expect(mixed.shown.err).toContain('This run was interrupted');
  expect(mixed.shown.err).toContain('seed 42 and 7: runs to compare have the same');
});
