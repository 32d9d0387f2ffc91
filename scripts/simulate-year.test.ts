import { expect, test } from 'vitest';
import { settled } from './simulated-year/gated-nights.ts';
import { realNights } from './simulated-year/real-nights.ts';
import { delay, droppedIndex, quietYear, stepDelay, upgrade } from './simulated-year/scenarios.ts';

const basis = realNights();

test('nothing exact fails in nights in which nothing happens', () => {
  expect(quietYear(basis, 1, 100).exactAlarms).toBe(0);
});

test.each(['read/shipped/example-1', 'read/bare/example-2-cold', 'write/shipped/update-leads-updated-at'])(
  'a step of 15 %% of %s is caught within two nights',
  (id) => {
    expect(stepDelay(basis, id, 1.15, 1)).toBeLessThanOrEqual(2);
  },
);

test('an index that is gone is caught in the first night', () => {
  const change = droppedIndex('ix_leads_score_created');
  const isMeant = ({ item }: { item: string }): boolean => item === 'index/ix_leads_score_created';
  expect(delay(settled(basis, 1), () => (change ? { change } : {}), isMeant, 3)).toBe(1);
});

test('another PostgreSQL is not comparable until it is accepted', () => {
  expect(upgrade(basis, 1)).toEqual({ first: 'not comparable', accepted: 'passed' });
});
