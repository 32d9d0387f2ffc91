import { expect, test } from 'vitest';
import type { PerArm } from './arm.ts';
import type { UpdateCounters, WriteCounters } from './counters.ts';
import { hotLosses } from './hot-loss.ts';

const counted = (updates?: UpdateCounters): WriteCounters => ({
  executions: 100,
  postCheckpoint: { records: 0, bytes: 0, fullPageImages: 0 },
  steady: { records: 0, bytes: 0, fullPageImages: 0 },
  buffersDirtied: 0,
  perIndex: [],
  ...(updates && { updates }),
  deadRows: 0,
  indexGrowthBytes: 0,
  scans: [],
});

/** A write of which so many of 200 updates are HOT before and after. */
const write = (id: string, before: number, after: number, updates = 200) => ({
  id,
  title: `UPDATE ${id}`,
  counters: {
    before: counted({ updates, hotUpdates: before }),
    after: counted({ updates, hotUpdates: after }),
  } satisfies PerArm<WriteCounters>,
});

test('a write whose updates are HOT less often loses it, from one share of its updates to another', () => {
  expect(hotLosses([write('orders.status', 184, 6)])).toEqual([
    { id: 'orders.status', title: 'UPDATE orders.status', before: 0.92, after: 0.03 },
  ]);
});

test('the largest loss comes first', () => {
  const losses = hotLosses([write('some', 180, 120), write('all', 190, 0), write('half', 150, 50)]);
  expect(losses.map(({ id }) => id)).toEqual(['all', 'half', 'some']);
});

test('a few updates that find no room on their page are no loss, and neither is a gain', () => {
  expect(hotLosses([write('few', 184, 175), write('more', 100, 190), write('none', 0, 0)])).toEqual([]);
});

test('what updates nothing, or was not counted, loses nothing', () => {
  const insert = { ...write('insert', 0, 0), counters: { before: counted(), after: counted() } };
  expect(hotLosses([insert, write('empty', 0, 0, 0), { id: 'uncounted', title: 'UPDATE' }])).toEqual([]);
});
