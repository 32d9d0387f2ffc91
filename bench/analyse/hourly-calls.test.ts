import { expect, test } from 'vitest';
import { hourlyCalls } from './hourly-calls.ts';

const reads = [
  { id: 'often', weight: 3_000 },
  { id: 'rarely', weight: 1_000 },
];
const writes = [
  { id: 'insert', weight: 1_000 },
  { id: 'made-up', weight: 0 },
];

test('with the mix of the weights, each statement is called as often as its weight says', () => {
  expect(Object.fromEntries(hourlyCalls(reads, writes, { reads: 4_000, writes: 1_000 }))).toEqual({
    often: 3_000,
    rarely: 1_000,
    insert: 1_000,
    'made-up': 0,
  });
});

test('another mix divides the same number of calls among reads and writes', () => {
  expect(Object.fromEntries(hourlyCalls(reads, writes, { reads: 1, writes: 1 }))).toEqual({
    often: 1_875,
    rarely: 625,
    insert: 2_500,
    'made-up': 0,
  });
});

test('without writes there are calls of reads alone', () => {
  expect(Object.fromEntries(hourlyCalls(reads, [], { reads: 4_000, writes: 0 }))).toEqual({
    often: 3_000,
    rarely: 1_000,
  });
});
