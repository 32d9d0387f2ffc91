import { describe, expect, test } from 'vitest';
import type { Recommendation } from '../model/ledger.ts';
import type { Result } from '../model/result.ts';
import { judgeMigration } from './migration.ts';
import { changed, sample, withoutLedger } from './migration.fixture.ts';

test('the mix rests on the same statements in every workload', () => {
  const more = (rows: readonly { id: string }[]) =>
    rows.map((row) => ({ ...row, id: `full-${row.id}`, weight: 0 }));
  const full = {
    ...withoutLedger,
    reads: [...sample.reads, ...more(sample.reads.slice(0, 1))],
    writes: [...sample.writes, ...more(sample.writes.slice(1, 2))],
  } as Result;
  expect(judgeMigration(full)?.reasons[0]).toBe(judgeMigration(withoutLedger)?.reasons[0]);
});

test('a candidate that makes its reads and the mix faster ships, with cost where a statement becomes slower', () => {
  expect(judgeMigration(withoutLedger)?.verdict).toBe('ship with cost');
  expect(judgeMigration(changed('update-leads-updated-at', 'no material difference', 0.001))?.verdict).toBe(
    'ship',
  );
});

/** The sample with these shares of HOT updates, of 1,000, in its writes by their ids. */
function withHot(shares: Readonly<Record<string, [number, number]>>): Result {
  const updates = (hotUpdates: number) => ({ updates: 1000, hotUpdates });
  const writes = sample.writes.map((row) => {
    if (row.state === 'failed' || !row.counters) return row;
    const [before, after] = shares[row.id] ?? [900, 900];
    const counters = {
      before: { ...row.counters.before, updates: updates(before) },
      after: { ...row.counters.after, updates: updates(after) },
    };
    return { ...row, counters };
  });
  return { ...withoutLedger, writes };
}

test('the write whose updates are HOT no longer is named, with both shares', () => {
  const migration = judgeMigration(withHot({ 'update-leads-updated-at': [920, 30] }));
  expect(migration?.reasons).toContain('UPDATE leads.updated_at loses HOT: 92.0 % -> 3.0 %');
  expect(migration?.hotLost).toEqual([
    { id: 'update-leads-updated-at', title: 'UPDATE leads.updated_at', before: 0.92, after: 0.03 },
  ]);
});

describe('where weights are calls per hour', () => {
  const weighed = <Row extends { weight: number }>(rows: readonly Row[], weight: number): Row[] =>
    rows.map((row) => ({ ...row, weight }));
  const perHour: Result = {
    ...withoutLedger,
    run: { ...sample.run, weightsAre: 'calls per hour', mix: { reads: 3_000, writes: 1_000 } },
    reads: weighed(sample.reads, 1_000),
    writes: weighed(sample.writes, 500),
  };

  test('an hour saves and adds what its calls of the statements do, and logs what they log', () => {
    const { hour, balance, reasons } = judgeMigration(perHour) ?? {};
    expect(hour?.calls).toBe(4_000);
    expect(hour?.statements.map(({ calls }) => calls)).toEqual([1_000, 1_000, 1_000, 500, 500]);
    for (const time of ['beforeMs', 'savedMs', 'addedMs', 'netMs'] as const)
      expect(hour?.[time].point).toBeCloseTo(4 * (balance?.[time].point ?? NaN), 6);
    expect(hour?.walBytes).toEqual({ before: (1_000 * 47_640) / 200, after: (1_000 * 130_712) / 200 });
    expect(reasons?.[0]).toMatch(
      /^an hour \(4,000 calls\) takes [\d.]+ s before; the candidate saves [\d.]+ s \[.*\] and adds .* in it; WAL 233 kB -> 638 kB \(\+174.4 %\) an hour$/,
    );
  });

  test('a statement that could not be measured takes its calls with it', () => {
    const [first, ...others] = perHour.reads;
    const failed = { ...first, state: 'failed', error: { message: 'refused' } } as Result['reads'][number];
    expect(judgeMigration({ ...perHour, reads: [failed, ...others] })?.hour?.calls).toBe(3_000);
  });

  test('what one write logs is unknown, so that of all is', () => {
    const writes = perHour.writes.map((row, position) =>
      position === 0 && row.state === 'measured' ? { ...row, counters: undefined } : row,
    );
    const { hour } = judgeMigration({ ...perHour, writes }) ?? {};
    expect(hour).toBeDefined();
    expect(hour?.walBytes).toBeUndefined();
  });

  test('a choice of items is no hour, and neither are proportions', () => {
    expect(
      judgeMigration({ ...perHour, run: { ...perHour.run, only: ['example-1'] } })?.hour,
    ).toBeUndefined();
    expect(judgeMigration(withoutLedger)?.hour).toBeUndefined();
  });
});

test('nothing is said of HOT where no write loses it', () => {
  const migration = judgeMigration(withHot({}));
  expect(migration?.reasons.join('\n')).not.toContain('HOT');
  expect(migration?.hotLost).toEqual([]);
});

test('a candidate that misses a goal is not shipped', () => {
  const migration = judgeMigration(changed('example-1', 'no material difference', 1.01));
  expect(migration?.verdict).toBe('do not ship');
  expect(migration?.reasons[0]).toContain(
    'goal missed: Example 1, top leads needs at least 1.05x and gains 1.01x [1.00, 1.02]',
  );
});

test('a goal inside the interval is not decided', () => {
  const goals = [{ read: 'example-1', atLeast: 1.4 }];
  const vague = { ...withoutLedger, run: { ...sample.run, goals } };
  const migration = judgeMigration(vague);
  expect(migration?.verdict).toBe('inconclusive');
  expect(migration?.reasons[0]).toContain('goal not confirmed: Example 1, top leads needs at least 1.40x');
});

test('a candidate that makes the mix slower is not shipped', () => {
  const costly = changed('update-leads-updated-at', 'slower', 400);
  expect(judgeMigration(costly)?.verdict).toBe('do not ship');
});

test('the mix decides: rarely read tables are judged by their writes', () => {
  const onlyWrites = { ...withoutLedger, run: { ...sample.run, mix: { reads: 0, writes: 1 } } };
  expect(judgeMigration(onlyWrites)?.balance?.netMs.high).toBeLessThan(0);
  expect(judgeMigration(onlyWrites)?.verdict).toBe('do not ship');
});

test('a run without reads decides nothing', () => {
  expect(judgeMigration({ ...withoutLedger, reads: [] })?.verdict).toBe('inconclusive');
  expect(judgeMigration({ ...withoutLedger, reads: [], writes: [] })).toBeUndefined();
});

test('a mix without writes needs none, and has no break-even', () => {
  const onlyReads = { ...withoutLedger, writes: [], run: { ...sample.run, mix: { reads: 1, writes: 0 } } };
  const balance = judgeMigration(onlyReads)?.balance;
  expect(balance?.netMs.low).toBeGreaterThan(0);
  expect(balance).not.toHaveProperty('breakEven');
});

test('a failed statement of the mix, or a mix that --only cut, is reported', () => {
  const [first, ...others] = sample.reads;
  const failed = { ...first, state: 'failed', error: { message: 'refused' } } as Result['reads'][number];
  expect(judgeMigration({ ...withoutLedger, reads: [failed, ...others] })?.reasons).toContain(
    '1 of 5 statements of the mix could not be measured, and are left out',
  );
  const cut = { ...withoutLedger, run: { ...sample.run, only: ['example-1'] } };
  expect(judgeMigration(cut)?.reasons).toContain('the mix has only the statements that --only names');
});

/** The sample with this recommendation for its second index, and no slower statement. */
function recommending(action: Recommendation['action']): Result {
  const { reads, writes } = changed('update-leads-updated-at', 'no material difference', 0.001);
  const accounts = (sample.ledger?.accounts ?? []).map((account) =>
    account.name === 'ix_idle' && account.state === 'measured'
      ? { ...account, recommendation: { ...account.recommendation, action } }
      : account,
  );
  return { ...sample, reads, writes, ledger: sample.ledger && { ...sample.ledger, accounts } };
}

test.each(['drop', 'merge with'] as const)('an index to %s is a cost', (action) => {
  const migration = judgeMigration(recommending(action));
  expect(migration?.verdict).toBe('ship with cost');
  expect(migration?.reasons.at(-1)).toBe('1 of 3 indexes can be left out: ix_idle');
});

test.each(['drop', 'not exercised by this workload'] as const)(
  'a single index is named in the singular, whether it is to %s',
  (action) => {
    const result = recommending(action);
    const accounts = (result.ledger?.accounts ?? []).filter(({ name }) => name === 'ix_idle');
    const [only] = sample.reads;
    const alone = {
      ...result,
      reads: only ? [only] : [],
      writes: [],
      ledger: result.ledger && { ...result.ledger, accounts },
    };
    expect(judgeMigration(alone)?.reasons.at(-1)).toMatch(/1 of 1 index\b/);
  },
);

test('an index that no measured statement could use is reported, and is neither a cost nor to be left out', () => {
  const migration = judgeMigration(recommending('not exercised by this workload'));
  expect(migration?.verdict).toBe('ship');
  expect(migration?.reasons.at(-1)).toBe('no measured statement could use 1 of 3 indexes');
});
