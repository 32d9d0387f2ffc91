import { expect, test } from 'vitest';
import type { ChargedWrite, IndexEffect } from '../../model/ledger.ts';
import { sampleFacts } from '../../report/sample-ledger.fixture.ts';
import { accountOf } from './account.ts';

/** An UPDATE of which so many of 100 are HOT without the index and with it. */
function updating(before: number, after: number): IndexEffect {
  const [insert] = sampleFacts().alone.writes;
  const counters = (hotUpdates: number) => {
    if (!insert?.counters) throw new Error('the sample counts its write');
    return { ...insert.counters.before, updates: { updates: 100, hotUpdates } };
  };
  const write: ChargedWrite = {
    id: 'status',
    title: 'UPDATE orders.status',
    table: 'orders',
    operation: 'UPDATE',
    counters: { before: counters(before), after: counters(after) },
  };
  return { reads: [], writes: [write] };
}

const hotLostOf = (alone: IndexEffect, last: IndexEffect) =>
  accountOf({ ...sampleFacts(), alone, last }, false).hotLost;

test('an index through which a write loses HOT is charged with it', () => {
  expect(hotLostOf(updating(92, 3), updating(92, 3))).toEqual([
    { id: 'status', title: 'UPDATE orders.status', before: 0.92, after: 0.03, isShared: false },
  ]);
});

test('where dropping it alone gives nothing back, other indexes share the loss', () => {
  expect(hotLostOf(updating(92, 3), updating(0, 0))).toMatchObject([{ id: 'status', isShared: true }]);
});

test('an index on columns that no write changes is charged with nothing', () => {
  expect(hotLostOf(updating(92, 92), updating(3, 3))).toEqual([]);
});
