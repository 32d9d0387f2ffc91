import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serializeResult } from '../bench/report/result-file.ts';
import { ownDirectories } from '../tests/fixtures/own-directories.ts';
import { madeRun } from './qualify-repeat/made-runs.fixture.ts';
import { SHORT_RUN, startRepeat as start } from './qualify-repeat/started.fixture.ts';

const own = ownDirectories();

async function keep(...factors: number[]): Promise<void> {
  for (const [position, factor] of factors.entries()) {
    const result = madeRun(position + 1, factor);
    await mkdir(join(own.out, result.run.id));
    await writeFile(join(own.out, result.run.id, 'result.json'), serializeResult(result));
  }
}

test('two runs are made as whole processes, compared, and compared again from what is kept', async () => {
  const { shown, code } = start('--runs', '2', '--disturb', ...SHORT_RUN, '--out', own.out);
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
