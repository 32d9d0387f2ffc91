import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { FIRST_READ_DONE, interruptedRun, runDirectory, TINY } from './fixtures/disturbed-run.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { sweepDirectory, sweepIn } from './fixtures/sweeps.ts';
import { readSigned, writeSigned } from '../bench/run/unfinished.fixture.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { sha256 } from '../bench/run/fingerprints.ts';
import { withLock } from '../bench/system/lock.ts';
import { VERSION } from '../bench/system/program.ts';

const own = ownDirectories();

/** The directory of a run that was interrupted after its first read. */
async function interrupted(...flags: string[]): Promise<string> {
  const { exitCode } = await interruptedRun([...TINY, '--out', own.out, ...flags], FIRST_READ_DONE);
  expect(exitCode).toBe(ExitCode.interrupted);
  return runDirectory(own);
}

async function resume(directory: string, ...flags: string[]): Promise<{ exitCode: ExitCode; err: string }> {
  const io = capturedIo();
  return { exitCode: await run(['run', '--resume', directory, ...flags], io), err: io.err() };
}

/** Checksums of everything below the reports' directory, by name. */
async function reports(): Promise<Record<string, string>> {
  const entries = await readdir(own.out, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const checksums = files.map(async (file) => [file, sha256(await readFile(file, 'utf8'))] as const);
  return Object.fromEntries(await Promise.all(checksums));
}

/** Twice: the first attempt must not make the second one pass. */
async function refusedTwice(directory: string): Promise<string> {
  const before = await reports();
  const { exitCode, err } = await resume(directory);
  expect(exitCode, err).toBe(ExitCode.notComparable);
  const again = await resume(directory);
  expect(again.exitCode, again.err).toBe(ExitCode.notComparable);
  expect(await reports()).toEqual(before);
  return err;
}

describe('a resumed run', () => {
  test('is refused every time with another candidate, and changes no file', async () => {
    const candidate = join(own.out, '..', `${process.pid}-candidate.sql`);
    const original = 'CREATE INDEX ix_notes_author ON notes (author);';
    await writeFile(candidate, original);
    const directory = await interrupted('--candidate', candidate);
    await writeFile(candidate, 'CREATE INDEX ix_notes_body ON notes (body);');
    expect(await refusedTwice(directory)).toMatch(
      /^ {2}the candidate's SHA-256 was \w{64}, and is \w{64} now$/m,
    );
    await writeFile(candidate, original);
    const whole = await resume(directory);
    expect(whole.exitCode, whole.err).toBe(ExitCode.done);
    await rm(candidate);
  });

  test('is refused while another process goes on with it', async () => {
    const directory = await interrupted();
    const { signal } = new AbortController();
    await withLock(join(directory, 'resumed'), signal, async () => {
      const { exitCode, err } = await resume(directory);
      expect(exitCode).toBe(ExitCode.incomplete);
      expect(err).toContain(`is being written by process ${process.pid}`);
    });
    const whole = await resume(directory);
    expect(whole.exitCode, whole.err).toBe(ExitCode.done);
  });

  test('is refused where rows, machine, settings or versions differ, with all changes', async () => {
    const directory = await interrupted();
    const content = await readSigned(directory);
    const { environment, dataset } = content;
    await writeSigned(directory, {
      ...content,
      environment: {
        ...environment,
        postgresVersion: '17.0',
        nodeVersion: 'v18.0.0',
        machine: { ...environment.machine, cores: 99 },
        settings: { ...environment.settings, work_mem: '1kB', jit: 'on' },
      },
      dataset: { ...dataset, tables: dataset.tables.map((table) => ({ ...table, sha256: 'other' })) },
    });
    const err = await refusedTwice(directory);
    expect(err).toContain('not comparable with what was measured before:\n  PostgreSQL was 17.0, and is 18');
    expect(err).toContain('\n  Node was v18.0.0, and is ');
    expect(err).toContain('\n  the number of cores was 99, and is ');
    expect(err).toContain('\n  the setting work_mem was 1kB, and is ');
    expect(err).toContain('\n  the setting jit was on, and is off now');
    expect(err).toMatch(/^ {2}the rows' SHA-256 was \w{64}, and is \w{64} now$/m);
  });

  test('is refused where its rows are aged differently, before a server is started', async () => {
    const [suite, age] = [join(own.temporary, 'suite.ts'), join(own.temporary, 'age.sql')];
    const tiny = join(import.meta.dirname, 'fixtures/tiny-suite/suite.ts');
    await writeFile(
      suite,
      `import tiny from ${JSON.stringify(tiny)};\n` +
        `export default { ...tiny, dataset: { ...tiny.dataset, age: ${JSON.stringify(age)} } };\n`,
    );
    await writeFile(age, 'UPDATE notes SET body = body WHERE id % 5 = 0');
    const directory = await interrupted('--suite', suite);
    await writeFile(age, 'UPDATE notes SET body = body WHERE id % 2 = 0');
    const err = await refusedTwice(directory);
    expect(err).toMatch(/^ {2}the ageing's SHA-256 was \w{64}, and is \w{64} now$/m);
    expect(err).not.toMatch(/ok {2}server/);
    await rm(suite);
    await rm(age);
  });

  test('is refused where the options or an item differ, with all changes', async () => {
    const directory = await interrupted();
    const content = await readSigned(directory);
    const { run: head, measured } = content;
    const [read] = measured.reads;
    await writeSigned(directory, {
      ...content,
      run: { ...head, scale: 20, suite: { ...head.suite, name: 'huge' } },
      measured: { ...measured, reads: [{ ...read, item: { ...read?.item, sha256: 'other' } }] },
    });
    expect(await refusedTwice(directory)).toBe(
      'index-impact   suite tiny   candidate 002   scale 0.05   seed 42\n\n' +
        'index-impact: not comparable with what was measured before:\n' +
        '  the suite was huge, and is tiny now\n' +
        '  the scale was 20, and is 0.05 now\n' +
        '  by-author is another statement now\n',
    );
    await writeSigned(directory, { ...content, version: '0.0.1' });
    expect(await refusedTwice(directory)).toBe(
      'index-impact: not comparable with what was measured before:\n' +
        `  index-impact was 0.0.1, and is ${VERSION} now\n`,
    );
  });

  test('changes no file before the conditions are known to be equal', async () => {
    const directory = await interrupted();
    const before = await reports();
    const { exitCode } = await interruptedRun(['run', '--resume', directory], /ok {2}server/);
    expect(exitCode).toBe(ExitCode.interrupted);
    expect(await reports()).toEqual(before);
    const whole = await resume(directory);
    expect(whole.exitCode, whole.err).toBe(ExitCode.done);
  });
});

test('a run whose id leads outside its directory is refused, and writes nothing there', async () => {
  const directory = await interrupted();
  const content = await readSigned(directory);
  const elsewhere = `${own.out}-elsewhere`;
  await writeSigned(directory, { ...content, run: { ...content.run, id: `../${basename(elsewhere)}` } });
  const { exitCode, err } = await resume(directory);
  const isThere = existsSync(elsewhere);
  await rm(elsewhere, { recursive: true, force: true });
  expect(isThere).toBe(false);
  expect(exitCode, err).toBe(ExitCode.usage);
  expect(err).toContain('/unfinished.json: run.id: ');
});

test('a run that ends before it can be resumed does not suggest --resume', async () => {
  const { exitCode, err } = await interruptedRun([...TINY, '--out', own.out], /ok {2}server/);
  expect(exitCode).toBe(ExitCode.interrupted);
  expect(err).not.toContain('--resume');
});

describe('a resumed sweep', () => {
  test('goes on with the run of its scale, and is reported again from its sweep.json', async () => {
    const flags = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--budget', '1', '--steps', '0'];
    const begun = ['sweep', ...flags, '--scales', '0.02,0.05', '--out', own.out];
    const { exitCode, err } = await interruptedRun(begun, FIRST_READ_DONE);
    expect(exitCode, err).toBe(ExitCode.interrupted);
    const directory = await sweepDirectory(own);
    const { begun: first } = await sweepIn(directory);
    expect(first?.scale).toBe(0.02);

    const io = capturedIo();
    expect(await run(['sweep', '--resume', directory], io), io.err()).toBe(ExitCode.done);
    const { points, crossovers } = await sweepIn(directory);
    expect(points.map(({ scale }) => scale)).toEqual([0.02, 0.05]);
    expect(points[0]?.run?.id).toBe(first?.run);
    expect(points.flatMap((point) => point.run?.reads.map(({ id }) => id))).toEqual([
      'by-author',
      'by-author',
    ]);
    expect(crossovers.map(({ of }) => of)).toContain('time');
    for (const file of ['sweep.md', 'sweep.html', 'figures/speedup-shipped-by-author.svg'])
      expect(await readFile(join(directory, file), 'utf8')).toContain('Notes of an author');

    const again = capturedIo();
    expect(await run(['report', directory, '--out', own.out], again), again.err()).toBe(ExitCode.done);
    expect(again.out()).toBe(io.out());
  });
});
