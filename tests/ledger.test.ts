import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { ChargedWrite, MeasuredAccount } from '../bench/model/ledger.ts';
import type { Result } from '../bench/model/result.ts';

const SUITE = 'tests/fixtures/ledger-suite';

async function runSuite(
  file: string,
  ...flags: string[]
): Promise<{ code: ExitCode; result: Result; err: string }> {
  const out = await mkdtemp(join(tmpdir(), 'reports-'));
  const io = capturedIo();
  const argv = ['--suite', `${SUITE}/${file}`, '--scale', '0.5', '--baseline', 'shipped', '--budget', '8'];
  const code = await run(['run', ...argv, '--out', out, ...flags], io);
  const [directory = ''] = (await readdir(out)).filter((name) => name !== 'latest.md');
  const result = JSON.parse(await readFile(join(out, directory, 'result.json'), 'utf8')) as Result;
  await rm(out, { recursive: true });
  return { code, result, err: io.err() };
}

const moreRecords = (write: ChargedWrite | undefined): number =>
  (write?.counters?.after.steady.records ?? NaN) - (write?.counters?.before.steady.records ?? NaN);

const insertOf = (writes: readonly ChargedWrite[]): ChargedWrite | undefined =>
  writes.find(({ id }) => id === 'insert-notes');

describe('the ledger of a whole run', () => {
  let result: Result;
  let accounts: MeasuredAccount[];
  beforeAll(async () => {
    ({ result } = await runSuite('suite.ts', '--workload', 'full'));
    accounts = (result.ledger?.accounts ?? []).filter((account) => account.state === 'measured');
  }, 240_000);
  const account = (name: string): MeasuredAccount | undefined => accounts.find((one) => one.name === name);

  test('has an account of each index', () => {
    expect(accounts.map(({ name }) => name).sort()).toEqual([
      'ix_notes_author',
      'ix_notes_author_id',
      'ix_notes_body',
      'ix_notes_topic_again',
    ]);
  });

  test.each(['alone', 'last'] as const)('adds up: an INSERT pays for each index separately, %s', (role) => {
    const single = accounts.map((one) => moreRecords(insertOf(one[role].writes)));
    expect(single.reduce((sum, records) => sum + records, 0)).toBe(
      moreRecords(insertOf(result.ledger?.whole ?? [])),
    );
  });

  test('drops one of two indexes that replace each other, never both', () => {
    const actions = ['ix_notes_author', 'ix_notes_author_id'].map(
      (name) => account(name)?.recommendation.action ?? '',
    );
    expect(actions.filter((action) => action.startsWith('keep'))).toHaveLength(1);
    expect(actions.filter((action) => action === 'drop' || action === 'merge with')).toHaveLength(1);
  });

  test('recommends to drop an index that repeats one of the baseline', () => {
    expect(account('ix_notes_topic_again')?.recommendation).toMatchObject({
      action: 'drop',
      other: 'ix_notes_topic',
    });
  });

  test('says that an index no statement could use was not exercised', () => {
    expect(account('ix_notes_body')?.recommendation.action).toBe('not exercised by this workload');
  });

  test('charges an index with the HOT updates that it prevents, and only that one', () => {
    const [loss, ...others] = account('ix_notes_body')?.hotLost ?? [];
    expect(loss).toMatchObject({ id: 'update-notes-body', after: 0, isShared: false });
    expect(others).toEqual([]);
    expect(account('ix_notes_author')?.hotLost).toEqual([]);
    expect(result.migration?.hotLost).toMatchObject([{ id: 'update-notes-body', after: 0 }]);
  });

  test('measures one, four and eight writers at once', () => {
    expect(result.concurrency.map(({ writers, pairs }) => [writers, pairs.length])).toEqual([
      [1, 12],
      [4, 12],
      [8, 12],
    ]);
  });

  test('loads both arms by eight sessions in turns, while autovacuum and checkpoints go their usual way', () => {
    const { sessions, stretches = [], before, after, throughput, settings } = result.longRun ?? {};
    expect(sessions).toBe(8);
    const [first, second] = stretches.map(({ arm }) => arm);
    expect(stretches.map(({ arm }) => arm)).toEqual([first, second, second, first]);
    for (const { executions } of stretches) expect(executions.some((ended) => ended > 0)).toBe(true);
    expect(throughput?.n).toBe(4);
    expect(settings).toMatchObject({ autovacuum: 'on', checkpoint_timeout: '5min' });
    expect(result.environment.settings).toMatchObject({ autovacuum: 'off', checkpoint_timeout: '1h' });
    expect(after?.atStart.indexBytes).toBeGreaterThan(before?.atStart.indexBytes ?? NaN);
    expect(after?.atEnd.indexBytes).toBeGreaterThanOrEqual(after?.atStart.indexBytes ?? NaN);
  });

  test('reports what each build costs concurrent writers', () => {
    for (const { builds } of accounts) {
      expect([undefined, 'ShareLock']).toContain(builds.plain.lock);
      expect([undefined, 'ShareUpdateExclusiveLock']).toContain(builds.concurrently?.lock);
      expect(builds.plain.isValid && builds.concurrently?.isValid).toBe(true);
      expect(builds.plain.longestWriteMs).toBeGreaterThan(0);
    }
    expect(result.ledger?.leftover).toMatchObject({ name: 'ix_notes_author', isValid: false });
  });
});

test("a migration without its goal's index is not to be shipped, and --fail-on says so", async () => {
  const { code, result, err } = await runSuite('without-author.ts', '--fail-on', 'do-not-ship');
  expect(result.migration).toMatchObject({ verdict: 'do not ship', baseline: 'shipped' });
  expect(result.migration?.reasons[0]).toContain('Notes of an author');
  expect(code).toBe(ExitCode.gateFailed);
  expect(err).toContain('"do not ship", which --fail-on names');
});

test('a suite of calls per hour is told what an hour saves, adds and logs', async () => {
  const { code, result, err } = await runSuite('per-hour.ts');
  expect(code, err).toBe(ExitCode.done);
  const { hour, reasons = [] } = result.migration ?? {};
  expect(hour?.calls).toBe(5_470);
  expect(hour?.statements.map(({ id, calls }) => [id, calls])).toEqual([
    ['by-author', 3_600],
    ['by-topic', 60],
    ['insert-notes', 1_800],
    ['update-notes-topic', 10],
  ]);
  expect(hour?.walBytes?.after).toBeGreaterThan(hour?.walBytes?.before ?? NaN);
  expect(reasons.join('\n')).toMatch(/^an hour \(5,470 calls\) takes .*; WAL .* an hour$/m);
});

test('a statement that fails costs neither the ledger nor the long run, which names it', async () => {
  const { code, result } = await runSuite('with-failing-write.ts', '--workload', 'full');
  expect(code).toBe(ExitCode.incomplete);
  expect(result.run.outcome).toEqual({ state: 'complete' });
  expect(result.writes.find(({ id }) => id === 'misspelt')).toMatchObject({ state: 'failed' });
  expect(result.ledger?.accounts.length).toBeGreaterThan(0);
  for (const { state } of result.ledger?.accounts ?? []) expect(state).toBe('measured');
  expect(result.longRun?.leftOut).toEqual(['UPDATE notes, misspelt']);
});
