import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleEstimate } from './sample-run.fixture.ts';
import { sparkline } from './line.ts';

const estimate = (point: number, width: number) => ({
  ...sampleEstimate,
  point,
  low: point - width,
  high: point + width,
});

test('a settled estimate is flat, in the middle of its range', () => {
  const points = [2, 4, 2.5, 3.4, 2.9, 3.1, 3, 3];
  expect(sparkline(points.map((point, position) => estimate(point, 2 / (position + 1))))).toBe('▄▇▅▆▅▅▅▅');
});

test('one estimate makes no sparkline', () => {
  expect(sparkline([sampleEstimate])).toBe('');
});

test('every estimate has a level, whatever its value', () => {
  const number = fc.double();
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number), { minLength: 2, maxLength: 40 }), (some) => {
      const estimates = some.map(([point, low, high]) => ({ ...sampleEstimate, point, low, high }));
      expect(sparkline(estimates)).toMatch(/^[▁▂▃▄▅▆▇█]+$/);
      expect(sparkline(estimates)).toHaveLength(Math.min(12, some.length));
    }),
  );
});
