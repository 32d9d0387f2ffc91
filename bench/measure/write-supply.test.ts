import { expect, test } from 'vitest';
import type { WriteItem } from '../model/work-item.ts';
import { writeSupply } from './write-supply.ts';

const item: WriteItem = {
  ...{ kind: 'write', id: 'add-notes', title: 'Add notes', workload: 'headline', weight: 1 },
  ...{ sql: 'INSERT INTO notes (id) VALUES ($1)', operation: 'INSERT', table: 'notes' },
  draw: ({ target }) => [target],
};
const context = { random: Math.random, rowsOf: () => 0, sendCopy: () => Promise.resolve() };
const taken = (write: WriteItem) => {
  const supply = writeSupply(write, ['1', '2'], context);
  return [...supply.take(3), `${supply.remaining()} remain`];
};

test('targets come again after the last one, unless each serves once or the rows are deleted', () => {
  expect(taken(item)).toEqual([['1'], ['2'], ['1'], 'Infinity remain']);
  expect(taken({ ...item, eachTargetOnce: true })).toEqual([['1'], ['2'], '0 remain']);
  expect(taken({ ...item, operation: 'DELETE' })).toEqual([['1'], ['2'], '0 remain']);
});
