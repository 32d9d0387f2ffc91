import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ownDirectories } from './fixtures/own-directories.ts';
import { startProgram } from './fixtures/program.ts';

const own = ownDirectories();
const TINY = resolve('tests/fixtures/tiny-suite/suite.ts');

/** A run of the tiny suite whose module also does this. */
async function runBeside(statement: string): Promise<{ exitCode: unknown; err: string }> {
  const file = join(own.out, 'suite.ts');
  await writeFile(file, `import tiny from ${JSON.stringify(TINY)};\n${statement};\nexport default tiny;\n`);
  const flags = [
    '--scale',
    '0.05',
    '--baseline',
    'shipped',
    '--budget',
    '20',
    '--out',
    join(own.out, 'reports'),
  ];
  const { exitCode, err } = startProgram(['run', '--suite', file, ...flags], own.temporary);
  return { exitCode: await exitCode, err: err() };
}

test.each([
  ['throws', "setTimeout(() => { throw new Error('too late'); }, 3000)"],
  ['rejects a promise', "setTimeout(() => void Promise.reject(new Error('too late')), 3000)"],
])('a suite that %s later ends the run with 4 in words, and leaves nothing', async (_, statement) => {
  const { exitCode, err } = await runBeside(statement);
  expect(exitCode, err).toBe(4);
  expect(err).toContain('index-impact: An error that nothing waited for: too late\n');
  expect(err).not.toMatch(/^ +at /m);
  expect(await readdir(own.temporary)).toEqual([]);
});

test('a suite that ends the process does not pass for a run that is done', async () => {
  const { exitCode, err } = await runBeside('process.exit(0)');
  expect(exitCode).toBe(4);
  expect(err).toContain('index-impact: the process was ended from within, as by process.exit() in a suite; ');
});

test('a timer of a suite does not keep the program alive', async () => {
  const { exitCode, err } = await runBeside('setInterval(() => {}, 1000);\nthrow new TypeError()');
  expect(exitCode, err).toBe(2);
});
