import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { capturedIo } from '../../tests/fixtures/captured-io.ts';
import { run } from '../main.ts';
import { ExitCode } from '../model/errors.ts';
import type { Pair } from '../model/pair.ts';
import { sampleResult } from './sample-result.fixture.ts';

/** More pairs than a call's arguments can hold. */
const PAIRS = 80_000;

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'many-pairs-'))));
afterEach(() => rm(directory, { recursive: true }));

const repeated = (pairs: readonly Pair[]): Pair[] =>
  Array.from({ length: PAIRS }, (_, ordinal) => pairs[ordinal % pairs.length]).filter(
    (pair) => pair !== undefined,
  );

test('a result with 80,000 pairs is reported, in tables and figures', async () => {
  const result = sampleResult();
  const read = result.reads.find(({ state }) => state === 'measured');
  if (read?.state !== 'measured') throw new Error('the sample has a measured read');
  read.pairs = repeated(read.pairs);
  const file = join(directory, 'result.json');
  await writeFile(file, JSON.stringify(result));
  const io = capturedIo();
  const code = await run(['report', file, '--out', join(directory, 'reports')], io);
  expect(code, io.err()).toBe(ExitCode.done);
  const figures = join(directory, 'reports', result.run.id, 'figures');
  const coordinates = async (figure: string): Promise<number> =>
    (await readFile(join(figures, figure), 'utf8')).match(/-?(?:\d+(?:\.\d)?|\.\d)/g)?.length ?? 0;
  expect(await coordinates('distributions.svg')).toBeGreaterThan(2 * PAIRS);
  expect(await coordinates('pairs-reads.svg')).toBeGreaterThan(2 * PAIRS);
});
