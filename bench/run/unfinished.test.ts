import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capturedIo } from '../../tests/fixtures/captured-io.ts';
import { run } from '../main.ts';
import { ExitCode } from '../model/errors.ts';
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
  const { unfinished, out: place } = await readUnfinished(directory);
  expect(unfinished).toEqual(JSON.parse(JSON.stringify({ version, ...written })));
  expect(place).toBe(out);
  expect((await readUnfinished(join(directory, 'unfinished.json'))).unfinished).toEqual(unfinished);
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

test('a run whose directory was renamed says what to call it again', async () => {
  await writeUnfinished(directory, written);
  const renamed = join(out, 'renamed');
  await rename(directory, renamed);
  expect(await problemsOf(renamed)).toEqual([
    `index-impact: ${join(renamed, 'unfinished.json')}: run.id: it is the run ${id}, and lies in a directory called renamed; call that ${id} again`,
  ]);
});
