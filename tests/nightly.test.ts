import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(import.meta.dirname, 'fixtures', '.nightly-'));
  await cp(join(import.meta.dirname, 'fixtures', 'tiny-suite'), directory, { recursive: true });
});
afterAll(() => rm(directory, { recursive: true }));

async function night(...flags: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  const io = capturedIo();
  const suite = join(directory, 'suite.ts');
  const fixed = ['--suite', suite, '--budget', '1', '--baseline', 'shipped', '--workload', 'headline'];
  const places = ['--history', join(directory, 'history'), '--out', join(directory, 'reports')];
  const code = await run(['nightly', ...fixed, ...places, '--scale', '0.05', ...flags], io);
  return { code, out: io.out(), err: io.err() };
}

const resultOf = (err: string): string => err.split('\n').find((line) => line.endsWith('result.json')) ?? '';

async function gate(file: string, ...flags: string[]): Promise<{ code: ExitCode; out: string }> {
  const io = capturedIo();
  const code = await run(['gate', file, '--history', join(directory, 'history'), ...flags], io);
  return { code, out: io.out() };
}

describe('nights in a row', () => {
  test('pass as long as nothing is worse', async () => {
    expect(await night()).toMatchObject({ code: ExitCode.done });
    const second = await night();
    expect(second.out).toContain('Nothing is worse than in the 1 comparable night before.');
    expect(second.code).toBe(ExitCode.done);
    expect(await readFile(join(directory, 'reports', 'latest-gate.md'), 'utf8')).toContain(
      'Nothing is worse',
    );
  });

  test('fail when an index is gone, report it again on request, and pass once it is accepted', async () => {
    await writeFile(
      join(directory, '002-index.up.sql'),
      'CREATE INDEX ix_notes_other ON notes (id, body);\n',
    );
    const { code, out, err } = await night();
    expect(code).toBe(ExitCode.gateFailed);
    expect(out).toContain('Worse');
    const file = resultOf(err);
    expect(await gate(file)).toMatchObject({ code: ExitCode.gateFailed });
    expect(await gate(file, '--accept', 'not needed')).toMatchObject({ code: ExitCode.done });
    expect(await gate(file)).toMatchObject({ code: ExitCode.done });
  });

  test('are not comparable at another scale', async () => {
    const { code, out } = await night('--scale', '0.06');
    expect(out).toContain('scale was 0.05, and is 0.06 now');
    expect(code).toBe(ExitCode.notComparable);
  });
});

test('an invalid history ends the command before anything is measured', async () => {
  const broken = await mkdtemp(join(tmpdir(), 'history-'));
  await writeFile(join(broken, 'history.jsonl'), 'nonsense\n');
  const io = capturedIo();
  expect(await run(['nightly', '--history', broken], io)).toBe(ExitCode.usage);
  expect(io.err()).toContain('history.jsonl:1: not a line of a history');
  await rm(broken, { recursive: true });
});
