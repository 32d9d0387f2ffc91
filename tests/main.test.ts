import { readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../bench/flags/commands.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { run } from '../bench/main.ts';
import { ExitCode, Interrupted } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';

const TINY = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];

const own = ownDirectories();

async function storedResult(out = own.out): Promise<Result> {
  const [directory] = (await readdir(out)).filter((name) => name !== 'latest.md');
  return JSON.parse(await readFile(join(out, directory ?? '', 'result.json'), 'utf8')) as Result;
}

describe('a run that fails', () => {
  test('refuses a candidate that PostgreSQL refuses, with place and message, and ends with 4', async () => {
    const file = join(own.temporary, 'refused.sql');
    await writeFile(file, '-- no such column\nCREATE INDEX ix ON notes (missing);');
    const io = capturedIo();
    const flags = ['--baseline', 'bare', '--only', 'by-author', '--budget', '1', '--out', own.out];
    expect(await run(['run', ...TINY, '--candidate', file, ...flags], io)).toBe(ExitCode.incomplete);
    expect(io.err()).toContain('column "missing" does not exist');
    expect(io.err()).toContain('refused.sql:2:');
    await rm(file);
  });

  test('records failures, measures the rest, and ends with 4', async () => {
    const io = capturedIo();
    const only = 'broken,delete-notes,copy-notes';
    expect(
      await run(
        ['run', ...TINY, '--baseline', 'bare', '--only', only, '--out', own.out, '--budget', '2'],
        io,
      ),
    ).toBe(ExitCode.incomplete);
    expect(io.err()).toContain(
      'not everything could be measured; see the report for broken (bare), delete-notes (bare)',
    );
    const result = await storedResult();
    expect(result.reads).toMatchObject([
      { state: 'failed', error: { message: 'column "missing" does not exist' } },
    ]);
    expect(result.writes).toMatchObject([
      {
        id: 'delete-notes',
        state: 'failed',
        error: { message: '0 pairs were measured; an interval needs pairs of 6 rounds' },
      },
      { id: 'copy-notes', state: 'measured' },
    ]);
  });

  test('keeps its measurements when it is interrupted, and ends with 130', async () => {
    const interruption = new AbortController();
    const io = capturedIo(interruption.signal);
    const isUnderWay = setInterval(() => {
      if (/ 1\/\d+/.test(io.err())) interruption.abort(new Interrupted('SIGINT'));
    }, 20);
    const code = await run(['run', ...TINY, '--out', own.out, '--budget', '60'], io);
    clearInterval(isUnderWay);
    expect(code).toBe(ExitCode.interrupted);
    expect(io.err()).toContain('index-impact: interrupted by SIGINT');
    const result = await storedResult();
    expect(result.run.outcome).toEqual({ state: 'interrupted' });
    expect(result.reads.length).toBeGreaterThan(0);
    expect(await readFile(join(own.out, 'latest.md'), 'utf8')).toContain('This run was interrupted');
  });

  test('stops at a broken SQL file with file, line, column and caret, and ends with 4', async () => {
    const io = capturedIo();
    const code = await run(['run', '--suite', 'tests/fixtures/broken-suite/suite.ts', '--out', own.out], io);
    expect(code).toBe(ExitCode.incomplete);
    expect(io.err()).toContain('tests/fixtures/broken-suite/broken.sql:4:20: type "intger" does not exist');
    expect(io.err()).toContain('  4 |   ADD COLUMN again intger;\n    |                    ^');
    expect((await storedResult()).run.outcome).toMatchObject({ state: 'failed' });
  });
});

describe('a request that cannot be carried out', () => {
  const problemsOf = async (...argv: string[]) => {
    const io = capturedIo();
    expect(await run(argv, io)).toBe(ExitCode.usage);
    expect(io.out()).toBe('');
    return io.err();
  };

  test('lists all its problems at once, each with its flag and the accepted values', async () => {
    await writeFile(join(own.out, 'file'), '');
    const wrong = [
      '--scale',
      'ten',
      '--baseline',
      'naked',
      '--seed',
      '1.5',
      '--budget',
      '0',
      '--frobnicate',
      '3',
    ];
    const problems = await problemsOf(
      'run',
      ...wrong,
      '--only',
      'example-1,nothing',
      '--out',
      join(own.out, 'file'),
    );
    await expect(problems.replaceAll(own.out, '<out>')).toMatchFileSnapshot('__golden__/usage-problems.txt');
  });

  test('lists the problems of a matrix once, however many majors it has', async () => {
    expect(await problemsOf('matrix', '--pg', '13,14,15', '--scale', 'ten', '--baseline', 'naked')).toBe(
      'index-impact: --pg: "13" is not known; the known ones are:\n    14\n    15\n    16\n    17\n    18\n' +
        'index-impact: --scale: "ten" is not accepted; it takes a number from 0.01 to 1000\n' +
        'index-impact: --baseline: "naked" is not accepted; it takes shipped, bare, both\n',
    );
  });

  test('is refused as a matrix of a server that has one PostgreSQL', async () => {
    const io = { ...capturedIo(), env: { DATABASE_URL: 'postgres://me@127.0.0.1:9/db' } };
    expect(await run(['matrix', '--target', 'url'], io)).toBe(ExitCode.usage);
    expect(io.out()).toBe('');
    expect(io.err()).toBe(
      'index-impact: --target: url has one PostgreSQL, which is there already; matrix takes embedded, docker\n',
    );
  });

  test.each(['0', '-1', 'ten', '', '0.001', 'Infinity'])('is refused with --scale "%s"', async (scale) => {
    expect(await problemsOf('run', '--scale', scale)).toBe(
      `index-impact: --scale: "${scale}" is not accepted; it takes a number from 0.01 to 1000\n`,
    );
  });

  test('is refused with a candidate that is no file', async () => {
    expect(await problemsOf('run', '--candidate', 'migrations')).toBe(
      'index-impact: --candidate: migrations: it is a directory, and has to be a file\n',
    );
  });

  test.each(['a\0b', 'a'.repeat(5000)])('is refused with a path that no file can have', async (path) => {
    expect(await problemsOf('run', '--candidate', path)).toMatch(
      /^index-impact: --candidate: there is no file a/,
    );
    expect(await problemsOf('run', '--out', path)).toMatch(
      /^index-impact: --out: a.+ cannot be a directory: /,
    );
  });

  test('is refused with an unknown flag before the argument, which stays the argument', async () => {
    expect(await problemsOf('report', '--colour', 'result.json')).toBe(
      'index-impact: --colour: "report" has no such flag; see npm run index-impact -- report --help\n',
    );
  });

  test('is refused with input that a terminal would act upon, which is shown as text', async () => {
    expect(await problemsOf('run', '--baseline', '\u001b[2J')).toBe(
      'index-impact: --baseline: "\ufffd[2J" is not accepted; it takes shipped, bare, both\n',
    );
  });

  test.runIf(process.platform === 'linux')('is refused with a directory that is not writable', async () => {
    expect(await problemsOf('run', '--out', '/proc/reports')).toBe(
      'index-impact: --out: nothing can be written in /proc; it takes a directory that can\n',
    );
  });

  test('is refused with a link that leads nowhere as its output directory', async () => {
    const link = join(own.out, 'link');
    await symlink('nowhere', link);
    expect(await problemsOf('run', '--out', join(link, 'reports'))).toBe(
      `index-impact: --out: ${link}/reports cannot be a directory: ${link} is a link that leads nowhere\n`,
    );
  });

  test('is refused with a suite that is missing, is no module, or exports something else', async () => {
    expect(await problemsOf('run', '--suite', 'no/such.ts')).toContain(
      '--suite: there is no file no/such.ts',
    );
    expect(await problemsOf('run', '--suite', 'LICENSE')).toContain(
      '--suite LICENSE: the module cannot be loaded',
    );
    const problems = await problemsOf('run', '--suite', 'tests/fixtures/not-a-suite.ts');
    expect(problems).toContain(
      '--suite tests/fixtures/not-a-suite.ts: reads[0].id: "Not Kebab" is not accepted',
    );
    expect(problems).toContain('--suite tests/fixtures/not-a-suite.ts: candidate: ');
    expect(problems).toContain('--suite tests/fixtures/not-a-suite.ts: claims[0].judge: ');
  });

  test('is refused without a command that exists, or a file that can be read', async () => {
    expect(await problemsOf('runn')).toContain("unknown command 'runn'");
    expect(await problemsOf('report')).toContain("missing required argument 'result.json'");
    expect(await problemsOf('report', join(own.out, 'nothing.json'))).toContain('the file cannot be read');
    await writeFile(join(own.out, 'text.json'), 'text');
    expect(await problemsOf('report', join(own.out, 'text.json'))).toContain('text.json: not JSON');
    await writeFile(join(own.out, 'other.json'), '{"schemaVersion":99}');
    expect(await problemsOf('report', join(own.out, 'other.json'))).toContain(
      'schemaVersion is 99, and this version reads 3: measure again',
    );
  });
});

test.each(['', ...Object.keys(COMMANDS)])('--help of "%s" comes from the table of flags', async (command) => {
  const io = capturedIo();
  expect(await run([...(command ? [command] : []), '--help'], io)).toBe(ExitCode.done);
  await expect(io.out()).toMatchFileSnapshot(`__golden__/help-${command || 'index-impact'}.txt`);
});
