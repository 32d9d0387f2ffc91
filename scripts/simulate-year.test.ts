import { expect, test } from 'vitest';
import { settled } from './simulated-year/gated-nights.ts';
import { realNights } from './simulated-year/real-nights.ts';
import { delay, droppedIndex, quietYear, stepDelay, upgrade, variation } from './simulated-year/scenarios.ts';

const basis = realNights();

test('no exact metric fails in nights without changes', () => {
  expect(quietYear(basis, 1, 100).exactAlarms).toBe(0);
});

test('a step of 15 % is caught within two nights, of every item that varies by less than 5 %', () => {
  const steady = (basis[0]?.items ?? []).filter(({ id, timed }) => timed && variation(basis, id) < 0.05);
  expect(steady.length).toBeGreaterThan(45);
  const missed = steady.filter(({ id }) => stepDelay(basis, id, 1.15, 42) === undefined);
  expect(missed.map(({ id }) => id)).toEqual([]);
});

test('at most one night in a year fails by its times alone', () => {
  expect(quietYear(basis, 42).timingAlarms).toBeLessThanOrEqual(1);
});

test('a missing index is caught in the first night', () => {
  const change = droppedIndex('ix_leads_score_created');
  const isMeant = ({ item }: { item: string }): boolean => item === 'index/ix_leads_score_created';
  expect(delay(settled(basis, 1), () => (change ? { change } : {}), isMeant, 3)).toBe(1);
});

test('another PostgreSQL is not comparable until it is accepted', () => {
  expect(upgrade(basis, 1)).toEqual({ first: 'not comparable', accepted: 'passed' });
});
