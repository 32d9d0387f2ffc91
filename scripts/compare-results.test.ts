import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import { serializePacked, serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';
import { compareResults } from './compare-results.ts';

const sample = sampleResult();

/** The same run with a change to its first measured read. */
function withRead(change: (read: Extract<Result['reads'][number], { state: 'measured' }>) => void): Result {
  const changed = JSON.parse(JSON.stringify(sample)) as Result;
  const read = changed.reads.find(({ state }) => state === 'measured');
  if (read?.state !== 'measured') throw new Error('the sample has no measured read');
  change(read);
  return changed;
}

const placesOf = (second: Result): string[] =>
  compareResults(sample, second).differences.map(({ place }) => place);

test('two runs that differ in times only have no difference', () => {
  expect(placesOf(sampleResult([0.36, 0.41]))).toEqual([]);
  expect(compareResults(sample, sample).text).toMatch(/^0 of [1-9]\d+ exact figures differ$/);
});

test('a counter, a plan and a checksum that differ are named with both values', () => {
  const changed = withRead((read) => {
    read.counters.after.sharedBlocks += 1;
    read.plans.after.signature = 'Seq Scan[x]';
    read.answers.sha256 = 'other';
  });
  const { differences, text } = compareResults(sample, changed);
  const read = 'reads/example-1 (shipped)';
  expect(differences.map(({ place }) => place).toSorted()).toEqual([
    `${read}/answers/sha256`,
    `${read}/counters/after/sharedBlocks`,
    `${read}/plans/after/signature`,
  ]);
  expect(text).toContain('and "Seq Scan[x]"');
});

test('an item missing in one run is a difference, another position is not', () => {
  expect(placesOf({ ...sample, reads: sample.reads.toReversed() })).toEqual([]);
  const lacking = compareResults({ ...sample, reads: sample.reads.slice(1) }, sample);
  expect(lacking.text).toContain('reads/example-1 (shipped)/answers/sha256: missing and "');
});

test('two entries of the same table have different paths', () => {
  const [opportunity] = sample.opportunities;
  if (!opportunity) throw new Error('the sample has an opportunity');
  const other = { ...opportunity, title: 'another of the same table', writes: [], reads: [] };
  const first = { ...sample, opportunities: [opportunity, other] };
  const lacking = { ...first, opportunities: [{ ...opportunity, reads: [], writes: [] }, other] };
  const alone = compareResults({ ...sample, opportunities: [] }, { ...sample, opportunities: [opportunity] });
  expect(alone.differences.length).toBeGreaterThan(0);
  expect(compareResults(lacking, first).differences).toEqual(alone.differences);
  const twice = { ...sample, opportunities: [opportunity, { ...opportunity, title: other.title }] };
  expect(compareResults({ ...sample, opportunities: [] }, twice).differences).toHaveLength(
    2 * alone.differences.length,
  );
});

test('runs with another seed or scale are refused, with every difference', () => {
  const comparing = () => compareResults(sample, { ...sample, run: { ...sample.run, seed: 7, scale: 3 } });
  expect(comparing).toThrow(UsageError);
  expect(comparing).toThrow('seed 42 and 7');
  expect(comparing).toThrow('scale 1 and 3');
});

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'comparing-'))));
afterEach(() => rm(directory, { recursive: true }));

async function command(...files: string[]): Promise<{ code: number; out: string; err: string }> {
  const words = ['--import', './scripts/typescript.js', 'scripts/compare-results.ts', ...files];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('the command ends with 1 and the differences, with 0 without any, and with 2 for wrong arguments', async () => {
  const [one, packed, other] = ['one', 'packed', 'other'].map((name) => join(directory, `${name}.json`));
  if (!one || !packed || !other) throw new Error('three names');
  await writeFile(one, serializeResult(sample));
  await writeFile(packed, serializePacked(sample));
  await writeFile(other, serializeResult(withRead((read) => (read.answers.sha256 = 'other'))));
  expect(await command(one, packed)).toMatchObject({ code: 0, err: '' });
  expect(await command(one, other)).toMatchObject({
    code: 1,
    out: expect.stringContaining('reads/example-1 (shipped)/answers/sha256: ') as string,
  });
  expect(await command(one)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('name two result.json') as string,
  });
});
