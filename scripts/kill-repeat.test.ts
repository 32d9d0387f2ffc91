import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownDirectories } from '../tests/fixtures/own-directories.ts';
import { runningCommands } from '../tests/fixtures/running-commands.ts';
import { SHORT_RUN, startRepeat as start } from './qualify-repeat/started.fixture.ts';

const own = ownDirectories();

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

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the run that is being made and what disturbs it',
  async (name) => {
    const { child, shown, code } = start('--disturb', ...SHORT_RUN, '--out', own.out);
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
  const { child, shown, code } = start('--disturb', ...SHORT_RUN, '--out', own.out);
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
