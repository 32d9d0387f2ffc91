import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';

let own: string;
let result: string;
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'named-'));
  result = join(own, 'result.json');
  await writeFile(result, serializeResult(sampleResult()));
});
afterEach(() => rm(own, { recursive: true }));

async function problemsOf(...argv: string[]): Promise<string> {
  const io = capturedIo();
  expect(await run(argv, io)).toBe(ExitCode.usage);
  return io.err();
}

/** By the path on the command line. */
const commands: [string, (path: string) => string[]][] = [
  ['report', (path) => ['report', path]],
  ['compare', (path) => ['compare', result, path]],
  ['gate', (path) => ['gate', path, '--history', own]],
  ['run --candidate', (path) => ['run', '--candidate', path]],
  ['run --suite', (path) => ['run', '--suite', path]],
];

describe.runIf(process.platform === 'linux').each(commands)('%s', (_, argv) => {
  test('refuses a pipe, which might never end', async () => {
    const pipe = join(own, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    expect(await problemsOf(...argv(pipe))).toContain('it is a pipe, and has to be a file');
  });

  test('refuses a device', async () => {
    expect(await problemsOf(...argv('/dev/zero'))).toContain('it is a device, and has to be a file');
  });

  test('refuses a file that is too large', async () => {
    const huge = join(own, 'huge');
    await writeFile(huge, '');
    await truncate(huge, 3 * 2 ** 30);
    expect(await problemsOf(...argv(huge))).toContain('it has 3.00 GB; at most 256 MB are read');
  });
});

describe.runIf(process.platform === 'linux').each([
  ['nightly', ['nightly']],
  ['gate', ['gate', 'result.json']],
])('%s', (_, argv) => {
  test('refuses a history that is a pipe', async () => {
    await promisify(execFile)('mkfifo', [join(own, 'history.jsonl')]);
    const typed = argv.map((word) => (word === 'result.json' ? result : word));
    expect(await problemsOf(...typed, '--history', own)).toContain(
      `--history: ${join(own, 'history.jsonl')} cannot be read: it is a pipe, and has to be a file`,
    );
  });
});

test('a directory of a run stands for its result', async () => {
  const done = async (...argv: string[]) => run(argv, capturedIo());
  const reports = join(own, 'reports');
  await mkdir(reports);
  expect(await done('report', own, '--out', reports)).toBe(ExitCode.done);
  expect(await done('compare', own, result)).toBe(ExitCode.done);
  expect(await done('gate', own, '--history', reports)).toBe(ExitCode.done);
});

test('problems of two results are reported together', async () => {
  const problems = await problemsOf('compare', join(own, 'one'), join(own, 'other'));
  expect(problems).toMatch(/one: the file cannot be read.*\n.*other: the file cannot be read/);
});
