import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capturedIo } from '../../tests/fixtures/captured-io.ts';
import { storedResult } from '../../tests/fixtures/stored-result.ts';
import { run } from '../main.ts';
import { ExitCode } from '../model/errors.ts';
import { sampleResult } from '../report/sample-result.fixture.ts';
import { writeResult } from '../report/write-report.ts';
import { sampleUnfinished, writeSigned } from './unfinished.fixture.ts';
import { readUnfinished, writeUnfinished } from './unfinished.ts';

const { version, ...written } = sampleUnfinished();
const { id } = written.run;

let out: string;
let directory: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'unfinished-'));
  directory = join(out, id);
});
afterEach(() => rm(out, { recursive: true }));

async function problemsOf(path: string): Promise<string[]> {
  const io = capturedIo();
  expect(await run(['run', '--resume', path], io), io.err()).toBe(ExitCode.usage);
  expect(io.out()).toBe('');
  return io.err().trimEnd().split('\n');
}

test('an unfinished run is read as it was written', async () => {
  await writeUnfinished(directory, written);
  const { unfinished, out: place } = await readUnfinished(directory, '--resume');
  expect(unfinished).toEqual(JSON.parse(JSON.stringify({ version, ...written })));
  expect(place).toBe(out);
  expect((await readUnfinished(join(directory, 'unfinished.json'), '--resume')).unfinished).toEqual(
    unfinished,
  );
});

describe('what no run has written', () => {
  const { run: head, measured } = written;
  const read = measured.reads[0];
  test.each<[string, unknown, string]>([
    ['nothing', 'null', 'run: '],
    ['a list', [], 'run: '],
    ['a text', '"x"', 'run: '],
    ['another id', { run: { ...head, id: '../../..' } }, 'run.id: '],
    ['no id', { run: { ...head, id: undefined } }, 'run.id: '],
    [
      'another name',
      { run: { ...head, id: 'x' } },
      `run.id: it is the run x, and lies in a directory called ${id}`,
    ],
    ['no phases', { run: { ...head, phases: 'x' } }, 'run.phases: '],
    ['no measurements', { measured: null }, 'measured: '],
    ['a read of nothing', { measured: { ...measured, reads: [{}] } }, 'measured.reads.0'],
    ['a read twice', { measured: { ...measured, reads: [read, read] } }, 'measured.reads: '],
    ['no pairs', { measured: { ...measured, reads: [{ ...read, pairs: 5 }] } }, 'measured.reads.0.pairs: '],
    [
      'settings that are none',
      { environment: { ...written.environment, settings: [] } },
      'environment.settings: ',
    ],
    ['a number for a flag', { flags: [1] }, 'flags.0: '],
    ['a flag that asks for help', { flags: ['--help'] }, 'flags: '],
    ['a flag without a value', { flags: ['--scale'] }, 'flags: '],
    ['a flag that confirms', { flags: ['--yes'] }, 'flags: '],
    ['another command', { flags: ['clean'] }, 'flags: '],
  ])('is refused: %s', async (_, change, problem) => {
    const content =
      typeof change === 'object' && !Array.isArray(change) ? { version, ...written, ...change } : change;
    await writeSigned(directory, content);
    const [first = '', ...others] = await problemsOf(directory);
    expect(first).toMatch(/^index-impact: [^ ]+: /);
    expect(first).toContain(`: ${problem}`);
    for (const line of others) expect(line).toMatch(/^index-impact: [^ ]+: /);
    expect(await readdir(out)).toEqual([id]);
    expect(await readdir(directory)).toEqual(['unfinished.json']);
  });

  test('is refused with all that is wrong with it, a line each', async () => {
    await writeSigned(directory, { version, ...written, flags: 1, measured: [] });
    const problems = await problemsOf(directory);
    expect(problems).toHaveLength(2);
    for (const place of ['flags: ', 'measured: '])
      expect(problems.join('\n')).toContain(`unfinished.json: ${place}`);
  });

  test('is refused when it is nested deeper than anything of ours', async () => {
    await writeSigned(directory, `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(await problemsOf(directory)).toEqual([
      `index-impact: ${join(directory, 'unfinished.json')}: nested over 400 levels deep`,
    ]);
  });

  test('is refused when its checksum is of something else, or there is none', async () => {
    await writeUnfinished(directory, written);
    const file = join(directory, 'unfinished.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"seed"', '"sead"'));
    expect(await problemsOf(directory)).toEqual([`index-impact: --resume: ${file} is damaged; measure anew`]);
    await rm(file);
    expect(await problemsOf(directory)).toEqual([
      `index-impact: --resume: ${directory} holds no unfinished run`,
    ]);
  });
});

describe('report, given the directory of a run', () => {
  const sample = sampleResult();
  const running = { ...written, run: { ...written.run, outcome: { state: 'running' } as const } };

  async function reported() {
    const io = capturedIo();
    expect(await run(['report', directory, '--out', out], io), io.err()).toBe(ExitCode.done);
    return { shown: io.out(), result: await storedResult(out) };
  }

  test('that was killed shows what it has measured and what failed, without its claims', async () => {
    await writeUnfinished(directory, running);
    const { shown, result } = await reported();
    expect(shown).toContain('This run had not ended');
    const { reads, writes, canaries, rounds, candidate, storage, ledger, migration } = sample;
    expect(reads.some(({ state }) => state === 'failed')).toBe(true);
    expect(result).toMatchObject({ reads, writes, canaries, rounds, candidate, storage, ledger, migration });
    expect(result).toMatchObject({ run: running.run, claims: [] });
  });

  test('that has not ended shows what it has measured meanwhile, every time', async () => {
    const { measured } = running;
    const begun = { ...measured, reads: measured.reads.slice(0, 1) };
    await writeUnfinished(directory, { ...running, measured: begun });
    expect((await reported()).result.reads).toEqual(sample.reads.slice(0, 1));
    await writeUnfinished(directory, running);
    expect((await reported()).result.reads).toEqual(sample.reads);
  });

  test('that has ended shows its result, even though something is left to measure', async () => {
    await writeResult(directory, sample);
    await writeUnfinished(directory, { ...running, measured: { ...running.measured, reads: [] } });
    expect((await reported()).result).toEqual(sample);
  });

  test('that is damaged is a usage problem', async () => {
    const io = capturedIo();
    await mkdir(directory);
    await writeFile(join(directory, 'unfinished.json'), '{}');
    expect(await run(['report', directory], io)).toBe(ExitCode.usage);
    expect(io.err()).toBe(
      `index-impact: report: ${join(directory, 'unfinished.json')} is damaged; measure anew\n`,
    );
  });
});

test('a run whose directory was renamed says what to call it again', async () => {
  await writeUnfinished(directory, written);
  const renamed = join(out, 'renamed');
  await rename(directory, renamed);
  expect(await problemsOf(renamed)).toEqual([
    `index-impact: ${join(renamed, 'unfinished.json')}: run.id: it is the run ${id}, and lies in a directory called renamed; call that ${id} again`,
  ]);
});
