import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { FIRST_READ_DONE, interruptedRun } from '../../../tests/fixtures/disturbed-run.ts';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { run } from '../../main.ts';
import { ExitCode } from '../../model/errors.ts';

const own = ownDirectories();

const TINY = ['run', '--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];

test('the command that goes on with a run can be pasted, whatever its directory is called', async () => {
  const out = join(own.out, 'my reports; here');
  const flags = ['--baseline', 'shipped', '--budget', '6', '--out', out];
  const { err } = await interruptedRun([...TINY, ...flags], FIRST_READ_DONE);
  const [name = ''] = (await readdir(out)).filter((entry) => entry !== 'latest.md');
  expect(err).toContain(`run --resume '${join(out, name)}'\n`);
});

test('a run that ended before its first measurement does not suggest --resume', async () => {
  const io = capturedIo();
  const candidate = join(own.out, 'refused.sql');
  await writeFile(candidate, 'CREATE INDEX ix ON notes (missing)');
  expect(await run([...TINY, '--candidate', candidate, '--out', own.out], io)).toBe(ExitCode.incomplete);
  expect(io.err()).toContain('column "missing" does not exist');
  expect(io.err()).not.toContain('--resume');
});

test('a candidate with a statement that no file may have is refused before a server starts', async () => {
  const io = capturedIo();
  const candidate = join(own.out, 'prepared.sql');
  await writeFile(candidate, "SELECT;\nPREPARE TRANSACTION 'p';\n");
  expect(await run([...TINY, '--candidate', candidate, '--out', own.out], io)).toBe(ExitCode.incomplete);
  expect(io.err()).toContain('prepared.sql:2:1: a prepared transaction outlives the run');
  expect(io.err()).not.toContain('server');
});
