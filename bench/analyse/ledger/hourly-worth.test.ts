import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Estimate } from '../../model/estimate.ts';
import type { IndexEffect } from '../../model/ledger.ts';
import { estimate, exactly } from './estimate.fixture.ts';
import { hourlyWorth, isTooDear, type Demand } from './hourly-worth.ts';

/** A read of 1 ms with the index. */
const read = (id: string, speedup: Estimate): IndexEffect['reads'][number] => ({
  id,
  title: id,
  instead: [],
  before: { durationMs: exactly(speedup.point) },
  after: { durationMs: exactly(1) },
  estimate: speedup,
});
/** A write of 1 ms without the index. */
const write = (id: string, overhead: Estimate): IndexEffect['writes'][number] => ({
  id,
  title: id,
  table: 't',
  operation: 'INSERT',
  times: {
    before: { durationMs: exactly(1) },
    after: { durationMs: exactly(1 + overhead.point) },
    estimate: overhead,
  },
});

const demand = (calls: Readonly<Record<string, number>>, ...goals: string[]): Demand => ({
  calls: new Map(Object.entries(calls)),
  goals: new Set(goals),
});

const effect: IndexEffect = {
  reads: [read('list', exactly(5)), read('find', exactly(3))],
  writes: [write('insert', exactly(0.5)), write('update', exactly(0.1))],
};

test('what its reads save and its writes take longer is summed over the calls of an hour', () => {
  const worth = hourlyWorth(effect, demand({ list: 100, find: 50, insert: 20, update: 10 }));
  expect(worth?.savedMs.point).toBeCloseTo(100 * 4 + 50 * 2, 10);
  expect(worth?.addedMs.point).toBeCloseTo(20 * 0.5 + 10 * 0.1, 10);
  expect(worth?.readsPerWrite).toBe(5);
});

test('at the break-even, with the same statements called in other numbers, saved and added are equal', () => {
  const calls = { list: 100, find: 50, insert: 20, update: 10 };
  const { breakEven, readsPerWrite } = hourlyWorth(effect, demand(calls)) ?? {};
  const fewer = (breakEven?.point ?? NaN) / (readsPerWrite ?? NaN);
  const even = hourlyWorth(effect, demand({ ...calls, list: 100 * fewer, find: 50 * fewer }));
  expect(even?.savedMs.point).toBeCloseTo(even?.addedMs.point ?? NaN, 10);
});

test('an index is too dear where the whole break-even lies beyond the reads that there are', () => {
  const vague = { ...effect, writes: [write('insert', estimate(0.1, 0.5, 0.9))] };
  const judged = (inserts: number): boolean | undefined => {
    const worth = hourlyWorth(vague, demand({ list: 1, find: 1, insert: inserts }));
    return worth && isTooDear(worth);
  };
  expect([1, 12, 61].map(judged)).toEqual([false, false, true]);
});

test('nothing is said where nobody knows how often one of its reads is called', () => {
  expect(hourlyWorth(effect, demand({ list: 100, insert: 20 }))).toBeUndefined();
});

test('a read with a goal is worth any price', () => {
  const calls = { list: 1, find: 1, insert: 1_000_000 };
  expect(hourlyWorth(effect, demand(calls, 'find'))).toBeUndefined();
  expect(hourlyWorth(effect, demand(calls, 'another'))).toBeDefined();
});

test('an index that serves no read, or burdens no write that is called, has no break-even', () => {
  expect(hourlyWorth({ ...effect, reads: [] }, demand({ insert: 20 }))).toBeUndefined();
  expect(hourlyWorth(effect, demand({ list: 1, find: 1 }))).toBeUndefined();
  const faster = { ...effect, writes: [write('delete', exactly(-0.5))] };
  expect(hourlyWorth(faster, demand({ list: 1, find: 1, delete: 1 }))).toBeUndefined();
});

test('an index is too dear exactly where its writes surely take longer than its reads save', () => {
  const calls = fc.double({ min: 0.1, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(calls, calls, (finds, inserts) => {
      const worth = hourlyWorth(effect, demand({ list: finds, find: finds, insert: inserts, update: 0 }));
      if (!worth) throw new Error('it serves reads and burdens a write');
      fc.pre(Math.abs(worth.addedMs.low / worth.savedMs.high - 1) > 1e-9);
      expect(isTooDear(worth)).toBe(worth.addedMs.low > worth.savedMs.high);
    }),
  );
});
