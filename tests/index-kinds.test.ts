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

let out: string;
let printed: string;
let result: Result;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'reports-'));
  const io = capturedIo();
  expect(await run(['run', ...SUITE, '--out', out], io), io.err()).toBe(ExitCode.done);
  printed = io.out();
  result = await storedResult(out);
});
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
