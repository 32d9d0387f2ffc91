import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import {
  disturbedRun,
  FIRST_READ_DONE,
  FIRST_ROUNDS_DONE,
  runDirectory,
  TINY,
} from './fixtures/disturbed-run.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './fixtures/small-disk.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { parseResult } from '../bench/report/result-file.ts';

const own = ownDirectories();

async function storedResult() {
  const file = join(await runDirectory(own), 'result.json');
  return parseResult(await readFile(file, 'utf8'), file);
}

/** A fault once the progress shows `sign`. */
const disturb = (flags: string[], sign: RegExp, fault: () => unknown) =>
  disturbedRun([...TINY, '--out', own.out, ...flags], { sign, fault });

async function postmasterPid(): Promise<number> {
  const [directory] = await readdir(own.temporary);
  const file = join(own.temporary, directory ?? '', 'server', 'data', 'postmaster.pid');
  return Number((await readFile(file, 'utf8')).split('\n')[0]);
}

describe('a run whose server is killed', () => {
  test('ends with 4 and one error, keeps the measurements, and can be resumed', async () => {
    const kill = async () => process.kill(await postmasterPid(), 'SIGKILL');
    const killed = await disturb([], FIRST_READ_DONE, kill);
    expect(killed.exitCode).toBe(ExitCode.incomplete);
    expect(killed.err).toContain('index-impact: The PostgreSQL server has ended\n');
    expect(killed.err).not.toMatch(/^ +at /m);
    const broken = await storedResult();
    expect(broken.run.outcome).toMatchObject({ state: 'failed' });
    const [measured] = broken.reads;
    expect(measured).toMatchObject({ id: 'by-author', baseline: 'shipped', state: 'measured' });

    const io = capturedIo();
    expect(await run(['run', '--resume', await runDirectory(own)], io), io.err()).toBe(ExitCode.done);
    const whole = await storedResult();
    expect(whole.run).toMatchObject({ id: broken.run.id, outcome: { state: 'complete' } });
    expect(whole.run.resumedAt).toHaveLength(1);
    expect(whole.reads.map(({ state }) => state)).toEqual(['measured', 'measured']);
    expect(whole.writes.map(({ state }) => state)).toEqual(['measured', 'measured']);
    const [read] = whole.reads;
    if (measured?.state !== 'measured' || read?.state !== 'measured') throw new Error('the read is measured');
    expect(read.pairs.slice(0, measured.pairs.length)).toEqual(measured.pairs);
    expect(await readdir(await runDirectory(own))).not.toContain('unfinished.json');
  });
});

test('a statement that hangs fails its item after --statement-timeout, and no other', async () => {
  const io = capturedIo();
  const flags = ['--suite', 'tests/fixtures/hanging-suite/suite.ts', '--statement-timeout', '4'];
  expect(await run([...TINY, ...flags, '--baseline', 'shipped', '--out', own.out], io)).toBe(
    ExitCode.incomplete,
  );
  const { reads, run: head } = await storedResult();
  expect(head.outcome.state).toBe('complete');
  expect(reads).toMatchObject([
    { id: 'hanging', state: 'failed', error: { message: 'canceling statement due to statement timeout' } },
    { id: 'by-author', state: 'measured' },
  ]);
});

test('a failed write of reports ends a run with 4, and leaves no partial file', async () => {
  const block = async () => {
    const directory = await runDirectory(own);
    await rename(directory, `${directory}.moved`);
    await writeFile(directory, '');
  };
  const { exitCode, err } = await disturb([], FIRST_READ_DONE, block);
  expect(exitCode).toBe(ExitCode.incomplete);
  expect(err).toMatch(/^index-impact: .*\/unfinished\.json cannot be written$/m);
  const directory = await runDirectory(own);
  await rm(directory);
  await rename(`${directory}.moved`, directory);
  const io = capturedIo();
  expect(await run(['report', directory, '--out', own.out], io), io.err()).toBe(ExitCode.done);
  expect((await storedResult()).reads[0]).toMatchObject({ id: 'by-author', state: 'measured' });
});

test('two runs at once do not disturb each other', async () => {
  const once = async () =>
    run([...TINY, '--baseline', 'shipped', '--budget', '2', '--out', own.out], capturedIo());
  expect(await Promise.all([once(), once()])).toEqual([ExitCode.done, ExitCode.done]);
  expect((await readdir(own.out)).filter((name) => name !== 'latest.md')).toHaveLength(2);
});

describe.runIf(canMount)('on a file system of its own', () => {
  let small: SmallDisk;
  const mount = async (megabytes: number): Promise<void> => {
    small = await mountSmallDisk(own, megabytes);
  };
  afterEach(() => small.remove());

  test('a full temporary directory is reported before anything else happens', async () => {
    await mount(1);
    const io = capturedIo();
    expect(await run([...TINY, '--out', own.out], io)).toBe(ExitCode.incomplete);
    expect(io.err()).toContain('index-impact: The database cluster could not be created\n');
    expect(io.err()).toContain('No space left on device');
    expect(await readdir(small.path)).toEqual([]);
  });

  test('too little room for the copies is reported before they are made', async () => {
    await mount(85);
    const io = capturedIo();
    expect(await run([...TINY, '--out', own.out], io)).toBe(ExitCode.incomplete);
    expect(io.err()).toContain('There is no room for');
    expect(await readdir(small.path)).toEqual([]);
  });

  test('a disk that becomes full ends the run with 4, and the measurements are kept', async () => {
    await mount(400);
    const fill = () => {
      small.fill();
    };
    const { exitCode, err } = await disturb(['--scale', '0.5', '--budget', '60'], FIRST_ROUNDS_DONE, fill);
    await rm(join(small.path, 'fill'));
    expect(exitCode).toBe(ExitCode.incomplete);
    expect(err).toMatch(/There is no room for a copy|No space left on device/);
    expect((await storedResult()).reads[0]).toMatchObject({ state: 'measured' });
    expect(await readdir(small.path)).toEqual([]);
  });
});
