import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { storedResult } from './fixtures/stored-result.ts';

const SUITE = ['--suite', 'tests/fixtures/index-kinds-suite', '--baseline', 'shipped', '--budget', '2'];
const APPROXIMATE = ['--approximate', 'nearest'];

let out: string;
let printed: string;
let result: Result;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'reports-'));
  const io = capturedIo();
  expect(await run(['run', ...SUITE, ...APPROXIMATE, '--out', out], io), io.err()).toBe(ExitCode.done);
  printed = io.out();
  result = await storedResult(out);
}, 240_000);
afterAll(() => rm(out, { recursive: true }));

test('a statement outside of a transaction is told with the lock that it gives back', () => {
  const [first, second] = result.candidate.statements ?? [];
  expect(first?.locks).toMatchObject([{ table: 'notes', mode: 'ShareUpdateExclusiveLock' }]);
  expect(first?.locksHeld).toBe('while it runs');
  expect(second?.locks).toEqual([]);
});

test('a GIN index has an empty pending list before the writes, whatever the migration wrote, and theirs is told', () => {
  const [write] = result.writes;
  if (write?.state !== 'measured') throw new Error('it was not measured');
  expect(write.counters?.before.pendingLists).toEqual([]);
  expect(write.counters?.after.pendingLists).toMatchObject([{ index: 'notes_tags', rows: 200 }]);
  expect(write.warnings.map(({ code }) => code)).toContain('pending-list');
  expect(printed).toMatch(/GIN on shipped: \d+ pages? pending after INSERT notes \(notes_tags\)/);
});

test('a read that may answer approximately is measured, with its recall over all of its keys', () => {
  const read = result.reads.find(({ id }) => id === 'nearest');
  if (read?.state !== 'measured') throw new Error('it was not measured');
  expect(read.plans.after.indexes).toEqual(['notes_near']);
  expect(read.answers.comparison).toBe('approximate');
  const { keys, mean = NaN, least = NaN, surplusRows } = read.answers.recall ?? {};
  expect({ keys, surplusRows }).toEqual({ keys: 7, surplusRows: 0 });
  expect(mean).toBeCloseTo(0.9, 2);
  expect(least).toBeLessThan(mean);
  const reason = 'Nearest answers approximately: recall 9';
  expect(result.summary.join(' ')).toContain(reason);
  expect(printed).toContain(reason);
  expect(result.run.command).toContain('--approximate nearest');
});

test('without the flag the answer is refused, with its name; a read that is not there is refused at once', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reports-'));
  const io = capturedIo();
  const only = ['--only', 'nearest', '--out', directory];
  expect(await run(['run', ...SUITE, ...only], io)).toBe(ExitCode.incomplete);
  const [read] = (await storedResult(directory)).reads;
  expect(read?.state === 'failed' && read.error.message).toContain('name the read with --approximate');
  await rm(directory, { recursive: true });
  expect(await run(['run', ...SUITE, '--approximate', 'nearer,tagged'], io)).toBe(ExitCode.usage);
  expect(io.err()).toContain('--approximate: "nearer" is no read; the reads are:\n    tagged\n    nearest');
});
