import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { run } from '../bench/main.ts';
import { ExitCode, Interrupted } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';

/** After each test it checks that no server left anything. */
const own = ownDirectories();

const TINY = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];
const measuring = (): string[] => [...TINY, '--baseline', 'bare', '--budget', '20', '--out', own.out];

/** Interrupts a command when its progress shows `sign`. */
async function interrupted(argv: string[], sign: RegExp): Promise<{ exitCode: ExitCode; err: string }> {
  const interruption = new AbortController();
  let err = '';
  const stderr = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      err += chunk.toString();
      if (sign.test(err)) interruption.abort(new Interrupted('SIGTERM'));
      done();
    },
  });
  const exitCode = await run(argv, { ...capturedIo(interruption.signal), stderr });
  return { exitCode, err };
}

/** The results of every run below the output directory. */
async function outcomes(): Promise<Result['run']['outcome'][]> {
  const files = (await readdir(own.out, { recursive: true })).filter((name) => name.endsWith('/result.json'));
  const texts = await Promise.all(files.map((name) => readFile(join(own.out, name), 'utf8')));
  return texts.map((text) => (JSON.parse(text) as Result).run.outcome);
}

const SIGNS = {
  server: /ok {2}server/,
  seed: /ok {2}seed/,
  arms: /ok {2}arms/,
  'first item': / 1\/\d/,
};

describe.each(['run', 'matrix', 'nightly'])('%s', (command) => {
  const flags = { run: [], matrix: ['--pg', '18'], nightly: ['--workload', 'headline'] }[command] ?? [];

  test.each(Object.entries(SIGNS))(
    'that is interrupted after its %s ends with 130, and leaves only its measurements',
    async (_, sign) => {
      const history = command === 'nightly' ? ['--history', join(own.out, 'history')] : [];
      const { exitCode, err } = await interrupted([command, ...measuring(), ...flags, ...history], sign);
      expect(exitCode, err).toBe(ExitCode.interrupted);
      expect(err).toMatch(/^index-impact: interrupted by SIGTERM$/m);
      expect((await outcomes()).every(({ state }) => state === 'interrupted')).toBe(true);
      expect(await readFile(join(own.out, 'history', 'history.jsonl'), 'utf8').catch(() => '')).toBe('');
    },
  );
});

test.each([
  ['server', /ok {2}server/],
  ['rows', /ok {2}seed/],
])('seed that is interrupted after its %s ends with 130, and leaves no server', async (_, sign) => {
  const { exitCode, err } = await interrupted(['seed', ...TINY], sign);
  expect(exitCode, err).toBe(ExitCode.interrupted);
  expect(err).toMatch(/^index-impact: interrupted by SIGTERM$/m);
});

describe('qualify', () => {
  test('that is interrupted during its simulation does not finish the simulation', async () => {
    const interruption = new AbortController();
    const io = capturedIo(interruption.signal);
    const running = run(['qualify', '--out', own.out], io);
    setTimeout(() => {
      interruption.abort(new Interrupted('SIGTERM'));
    }, 100);
    expect(await running, io.err()).toBe(ExitCode.interrupted);
    expect(io.err()).not.toContain('ok  simulate');
  });

  test('that is interrupted in a case ends with 130, and the result of that case says so', async () => {
    const { exitCode, err } = await interrupted(['qualify', '--out', own.out], / 1\/\d/);
    expect(exitCode, err).toBe(ExitCode.interrupted);
    expect(await outcomes()).toEqual([{ state: 'interrupted' }]);
  });
});
