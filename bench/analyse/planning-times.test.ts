import { expect, test } from 'vitest';
import type { Estimate } from '../model/estimate.ts';
import { planningTimes } from './planning-times.ts';

const EXPLAIN_RESOLUTION_MS = 0.001;
const times = (before: number, after: number) => {
  const found = planningTimes(Array.from({ length: 20 }, () => ({ before, after })));
  if (!found) throw new Error('twenty pairs make an interval');
  return found;
};
const width = ({ low, high }: Estimate): number => high - low;

test("no planning time is more precise than EXPLAIN's output", () => {
  const { before, after, estimate } = times(0.021, 0.042);
  expect(width(before.durationMs)).toBeCloseTo(EXPLAIN_RESOLUTION_MS, 12);
  expect(width(after.durationMs)).toBeCloseTo(EXPLAIN_RESOLUTION_MS, 12);
  expect(estimate.point).toBeCloseTo(1, 12);
  expect(estimate.low).toBeCloseTo(0.0415 / 0.0215 - 1, 12);
  expect(estimate.high).toBeCloseTo(0.0425 / 0.0205 - 1, 12);
});

test('a planning time that EXPLAIN rounds to 0 has finite ends', () => {
  const { estimate } = times(0, 0.001);
  expect(
    Object.values(estimate).filter((value) => typeof value === 'number' && !Number.isFinite(value)),
  ).toEqual([]);
});
