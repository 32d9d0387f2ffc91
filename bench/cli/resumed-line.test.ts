import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleUnfinished, writeSigned } from '../run/unfinished.fixture.ts';
import { nameOf, takesValue } from '../flags/flag.ts';
import { parseCommandLine } from './command-line.ts';
import { FLAGS } from './flags.ts';
import { resumedLine } from './resumed-line.ts';

/** What a run's numbers depend on. */
const DECIDING = [
  ...['suite', 'candidate', 'baseline', 'scale', 'workload', 'only', 'approximate', 'seed', 'budget'],
  ...['mix', 'setting', 'quick', 'as-they-are'],
  ...['target', 'pg', 'image', 'nodes'],
];

const flagsOfRun = FLAGS.filter(({ commands }) => commands.includes('run'));

let out: string;
let directory: string;
beforeAll(async () => {
  const unfinished = sampleUnfinished();
  out = await mkdtemp(join(tmpdir(), 'resumed-'));
  directory = join(out, unfinished.run.id);
  await writeSigned(directory, unfinished);
});
afterAll(() => rm(out, { recursive: true }));

async function resumed(...typed: string[]) {
  const line = parseCommandLine(['run', '--resume', directory, ...typed]);
  if ('text' in line) throw new Error('help was asked for');
  return (await resumedLine(line)).merged;
}

const typedAs = (name: string): string[] => {
  const takes = flagsOfRun.some((flag) => nameOf(flag) === name && takesValue(flag));
  return takes ? [`--${name}`, name === 'out' ? out : 'x'] : [`--${name}`];
};

describe('beside --resume', () => {
  test.each(flagsOfRun.map(nameOf).filter((name) => name !== 'resume' && !DECIDING.includes(name)))(
    '--%s may be given, because it decides no number',
    async (name) => {
      const { values, problems } = await resumed(...typedAs(name));
      expect(problems).toEqual([]);
      expect(values).toMatchObject({ scale: '1', seed: '42', out, [name]: typedAs(name)[1] ?? true });
    },
  );

  test('flags that decide numbers are refused, all at once', async () => {
    const { problems } = await resumed(...DECIDING.flatMap(typedAs));
    expect(problems.toSorted()).toEqual(
      DECIDING.map(
        (name) => `--${name}: is decided by the run that --resume goes on with; leave it out`,
      ).toSorted(),
    );
  });

  test('--out is refused when it names another directory than the one the run is in', async () => {
    expect((await resumed('--out', 'elsewhere')).problems).toEqual([
      `--out: the run that --resume goes on with stays in ${out}; leave it out`,
    ]);
  });
});
