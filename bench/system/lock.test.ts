import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';
import { ownedName } from './owned-name.ts';

const never = new AbortController().signal;

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(directory, 'file');
});
afterEach(() => rm(directory, { recursive: true }));

/** Runs this script in another process, with `path` and `withLock` defined. */
function elsewhere(script: string, parent: string[] = []): ChildProcess {
  const module = `
    const { withLock } = await import(${JSON.stringify(resolve('bench/system/lock.ts'))});
    const { readFile, writeFile } = await import('node:fs/promises');
    const [path, never] = [${JSON.stringify(path)}, new AbortController().signal];
    ${script}`;
  const argv = ['--import', './scripts/typescript.js', '--input-type=module', '--eval', module];
  const [program = '', ...rest] = [...parent, process.execPath, ...argv];
  return spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}

const HOLD = `await withLock(path, never, async () => { console.log(process.pid); setInterval(() => {}, 1000); await new Promise(() => {}); });`;

const holding = async (child: ChildProcess): Promise<number> => {
  const [pid] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return Number(pid.toString());
};

test('no other caller gets the lock, in this process or another', async () => {
  await writeFile(path, '0');
  const script = `
    for (let time = 0; time < 20; time++)
      await withLock(path, never, async () => writeFile(path, String(1 + Number(await readFile(path, 'utf8')))));`;
  const ended = [0, 1, 2].map(() => once(elsewhere(script), 'close'));
  const here = Array.from({ length: 20 }, () =>
    withLock(path, new AbortController().signal, async () =>
      writeFile(path, String(1 + Number(await readFile(path, 'utf8')))),
    ),
  );
  await Promise.all([...ended, ...here]);
  expect(await readFile(path, 'utf8')).toBe('80');
  expect(await readdir(directory)).toEqual(['file']);
});

test('a killed process blocks no other', async () => {
  const child = elsewhere(HOLD);
  await holding(child);
  expect(await readdir(directory)).toHaveLength(1);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await withLock(path, never, () => Promise.resolve('let in'))).toBe('let in');
  expect(await readdir(directory)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'nor does an ended process whose parent has not read its status',
  async () => {
    // The shell becomes a program that never waits for its children.
    const parent = elsewhere(HOLD, ['sh', '-c', '"$@" & exec sleep 600', 'sh']);
    const pid = await holding(parent);
    process.kill(pid, 'SIGKILL');
    expect(await withLock(path, never, () => Promise.resolve('let in'))).toBe('let in');
    expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
    parent.kill('SIGKILL');
    await once(parent, 'close');
  },
);

test('an abort ends the waiting', async () => {
  await writeFile(ownedName(path, 'claim'), '');
  const interruption = new AbortController();
  const waiting = withLock(path, interruption.signal, () => Promise.resolve());
  interruption.abort();
  await expect(waiting).rejects.toThrow('aborted');
});

test('the lock is released when its use fails', async () => {
  const failing = withLock(path, never, () => Promise.reject(new Error('in vain')));
  await expect(failing).rejects.toThrow('in vain');
  expect(await readdir(directory)).toEqual([]);
});
