import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { run } from '../../main.ts';
import { ExitCode } from '../../model/errors.ts';

const own = ownDirectories();

test('the command that goes on with a run can be pasted, whatever its directory is called', async () => {
  const out = join(own.out, 'my reports; here');
  const io = capturedIo();
  const candidate = join(own.out, 'refused.sql');
  await writeFile(candidate, 'CREATE INDEX ix ON notes (missing)');
  const flags = ['--scale', '0.05', '--candidate', candidate, '--out', out];
  expect(await run(['run', '--suite', 'tests/fixtures/tiny-suite/suite.ts', ...flags], io)).toBe(
    ExitCode.incomplete,
  );
  const [name = ''] = (await readdir(out)).filter((entry) => entry !== 'latest.md');
  expect(io.err()).toContain(`run --resume '${join(out, name)}'\n`);
});

test('a candidate that cannot be applied in a transaction is refused before a server starts', async () => {
  const io = capturedIo();
  const candidate = join(own.out, 'concurrently.sql');
  await writeFile(candidate, 'SELECT;\nCREATE INDEX CONCURRENTLY ix ON notes (author);\n');
  const line = ['run', '--suite', 'tests/fixtures/tiny-suite/suite.ts', '--candidate', candidate];
  expect(await run([...line, '--out', own.out], io)).toBe(ExitCode.incomplete);
  expect(io.err()).toContain('concurrently.sql:2:1: a file is applied in one transaction');
  expect(io.err()).not.toContain('server');
});
