import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';
import { snapshotScript } from '../bench/source/snapshot/script/snapshot-script.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { COMMAND } from './fixtures/program.ts';

const own = ownDirectories();

/** The program with its arguments as `"$@"` of a line of sh. */
async function inShell(line: string, ...argv: string[]): Promise<{ code: number; stderr: string }> {
  try {
    const { stderr } = await promisify(execFile)('sh', ['-c', line, 'sh', ...COMMAND, ...argv]);
    return { code: 0, stderr };
  } catch (error) {
    return error as { code: number; stderr: string };
  }
}

test.each([
  ['a script', ['snapshot', '--script']],
  ['a help text', ['--help']],
])('%s that a full device does not take ends with 4, in words', async (_what, argv) => {
  const { code, stderr } = await inShell('exec "$@" > /dev/full', ...argv);
  expect(stderr).toMatch(
    /^index-impact: stdout could not be written: ENOSPC: [^\n]+\nWhat is there is not all/,
  );
  expect(code).toBe(4);
});

test('a file that takes only the beginning is no snapshot that was written', async () => {
  const file = join(own.out, 'script.sql');
  const { code, stderr } = await inShell(
    `echo -- > ${file}; ulimit -f 8; exec "$@" >> ${file}`,
    'snapshot',
    '--script',
  );
  expect(stderr).toMatch(/^index-impact: stdout could not be written: EFBIG: /);
  expect(code).toBe(4);
  expect(`--\n${snapshotScript()}`.startsWith(await readFile(file, 'utf8'))).toBe(true);
});

test('the reports are written where stdout takes nothing', async () => {
  const file = join(own.out, 'result.json');
  await writeFile(file, serializeResult(sampleResult()));
  const full = new Writable({
    write: (_chunk, _encoding, written) => {
      written(new Error('ENOSPC: no space left on device'));
    },
  }).on('error', () => undefined);
  const io = { ...capturedIo(), stdout: full };
  expect(await run(['report', file, '--out', own.out], io)).toBe(ExitCode.incomplete);
  expect(io.err()).toContain('index-impact: stdout could not be written: ENOSPC: no space left on device\n');
  expect(await readdir(own.out)).toContain('latest.md');
});

test('a reader that has gone is no failure', async () => {
  const status = join(own.out, 'status');
  const { stderr } = await inShell(`{ sleep 1; "$@"; echo $? > ${status}; } | true`, 'snapshot', '--script');
  expect([await readFile(status, 'utf8'), stderr]).toEqual(['0\n', '']);
});
