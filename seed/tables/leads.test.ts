import { expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { leads } from './leads.ts';

test('leads inserted later are qualified and changed after they were made, each at its own time', () => {
  const context = { rows: 600, rowsOf: () => 600, random: randomFor(1, 'later') };
  const times = ['created_at', 'qualified_at', 'updated_at'].map((column) => leads.columns.indexOf(column));
  const qualified = Array.from({ length: 200 }, (_, later) => leads.row(context, 601 + later))
    .map((row) => times.map((position) => row[position]))
    .filter(([, at]) => at !== null);
  for (const inOrder of qualified) expect(inOrder).toEqual(inOrder.toSorted());
  expect(new Set(qualified.map(([, at]) => at)).size).toBe(qualified.length);
});
