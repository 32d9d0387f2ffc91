import { expect, test } from 'vitest';
import { READ_PRECISION } from '../analyse/precision.ts';
import type { Pair } from '../model/pair.ts';
import { Budget, stopRule } from './budget.ts';

const pair = (ratio: number): Pair => ({
  first: 'before',
  before: { medianMs: ratio, executions: 3 },
  after: { medianMs: 1, executions: 3 },
});
const precise = pair(1.5);
const scattered = (ordinal: number) => pair(ordinal % 2 === 0 ? 1 : 3);

/** Pairs that an item gets when each takes a second. */
function pairsTaken(make: (ordinal: number) => Pair, budgetSeconds: number, items = 1): number {
  let nowMs = 0;
  const budget = new Budget(budgetSeconds, items, () => nowMs);
  const enough = stopRule(READ_PRECISION, budget, budget.begin(1).deadlines, () => undefined);
  const pairs: Pair[] = [];
  do {
    pairs.push(make(pairs.length));
    nowMs += 1000;
  } while (!enough(pairs));
  return pairs.length;
}

test('a precise item ends at the first look', () => {
  expect(pairsTaken(() => precise, 1000)).toBe(20);
});

test('an imprecise item goes on to the most pairs there are', () => {
  expect(pairsTaken(scattered, 1000)).toBe(100);
});

test('an imprecise item ends at the look from which the next would come too late', () => {
  expect(pairsTaken(scattered, 90, 3)).toBe(60);
  expect(pairsTaken(scattered, 70, 3)).toBe(40);
  expect(pairsTaken(scattered, 45, 3)).toBe(20);
});

test('an item that has not come to its first look may use three shares, and gets an interval in any case', () => {
  expect(pairsTaken(scattered, 50, 10)).toBe(15);
  expect(pairsTaken(scattered, 1, 100)).toBe(6);
});

test('an item whose pairs become slow ends between looks', () => {
  let nowMs = 0;
  const budget = new Budget(100, 4, () => nowMs);
  const enough = stopRule(READ_PRECISION, budget, budget.begin(1).deadlines, () => undefined);
  const pairs: Pair[] = [];
  do {
    pairs.push(scattered(pairs.length));
    nowMs += pairs.length > 20 ? 20_000 : 500;
  } while (!enough(pairs));
  expect(pairs).toHaveLength(24);
});

test('what fast items leave over goes to those after them', () => {
  let nowMs = 0;
  const budget = new Budget(100, 4, () => nowMs);
  expect(budget.begin(1)).toEqual({ ordinal: 1, deadlines: { softMs: 62_500, hardMs: 75_000 } });
  nowMs = 10_000;
  expect(budget.begin(1)).toEqual({ ordinal: 2, deadlines: { softMs: 85_000, hardMs: 85_000 } });
  expect(budget.secondsLeft()).toBeUndefined();
});

test('a unit may take its even shares, even when those before it have left nothing', () => {
  let nowMs = 0;
  const budget = new Budget(100, 5, () => nowMs);
  budget.begin(2);
  nowMs = 100_000;
  expect(budget.begin(3).deadlines.softMs).toBe(160_000);
});

test('a unit of three shares is due three times as long', () => {
  const budget = new Budget(100, 5, () => 0);
  expect(budget.begin(3).deadlines).toEqual({ softMs: 150_000, hardMs: 150_000 });
  expect(budget.begin(1).deadlines).toEqual({ softMs: 125_000, hardMs: 125_000 });
});
