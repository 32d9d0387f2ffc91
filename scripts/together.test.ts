import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCores } from '../bench/measure/pinning.ts';
import { useAllCores } from '../tests/fixtures/cores.ts';
import { together, type Ended } from './together.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'together-'))));
afterEach(() => rm(directory, { recursive: true }));

async function outcomes(commands: readonly string[], atOnce: number) {
  const ended: Ended[] = [];
  const succeeded = await together(commands, atOnce, (one) => ended.push(one));
  return { succeeded, ended };
}

const file = (name: string): string => join(directory, name);
const waitFor = (name: string): string => `while ! [ -e ${file(name)} ]; do sleep 0.05; done`;

test('two commands at a time wait for each other, and what they say is kept apart', async () => {
  const one = `echo begun; touch ${file('one')}; ${waitFor('two')}; echo ended`;
  const two = `echo begun >&2; touch ${file('two')}; ${waitFor('one')}; echo ended >&2`;
  const { succeeded, ended } = await outcomes([one, two], 2);
  expect(succeeded).toBe(true);
  expect(ended.map(({ output }) => output)).toEqual(['begun\nended\n', 'begun\nended\n']);
});

test('one at a time begins when the one before it has ended', async () => {
  const { succeeded } = await outcomes([`sleep 0.2; touch ${file('one')}`, `test -e ${file('one')}`], 1);
  expect(succeeded).toBe(true);
});

test.each(['exit 3', 'kill -9 $$'])('the others go on where one fails by "%s"', async (failing) => {
  const { succeeded, ended } = await outcomes([failing, 'true', 'echo last'], 1);
  expect(succeeded).toBe(false);
  expect(ended.map((one) => [one.succeeded, one.output])).toEqual([
    [false, ''],
    [true, ''],
    [true, 'last\n'],
  ]);
});

const cores = useAllCores();

test.skipIf(cores.length < 2)(
  'each place has another last core, where the runs in its tests measure',
  async () => {
    const { ended } = await outcomes(Array<string>(2).fill('grep Cpus_allowed_list /proc/self/status'), 2);
    const lists = ended.map(({ output }) => parseCores(output.split('\t')[1]?.trim() ?? '').at(-1));
    expect(lists.toSorted((a = NaN, b = NaN) => a - b)).toEqual(cores.slice(-2));
  },
);
