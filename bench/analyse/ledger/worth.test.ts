import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Estimate } from '../../model/estimate.ts';
import type { IndexEffect } from '../../model/ledger.ts';
import { estimate, exactly } from './estimate.fixture.ts';
import { breakEven, earns, gainMs } from './worth.ts';

const read = (beforeMs: number, afterMs: number, speedup: Estimate) => ({
  id: 'r',
  title: 'r',
  instead: [],
  before: { durationMs: exactly(beforeMs) },
  after: { durationMs: exactly(afterMs) },
  estimate: speedup,
});
const write = (title: string, beforeMs: number, overhead: Estimate) => ({
  id: title,
  title,
  table: 't',
  operation: 'INSERT' as const,
  times: {
    before: { durationMs: exactly(beforeMs) },
    after: { durationMs: exactly(beforeMs * (1 + overhead.point)) },
    estimate: overhead,
  },
});
const effect = (reads: IndexEffect['reads'], writes: IndexEffect['writes'] = []): IndexEffect => ({
  reads,
  writes,
});

test('an index gains where the whole interval is faster and the difference is material', () => {
  expect(earns(effect([read(2, 1, estimate(1.9, 2, 2.1))]))).toBe(true);
  expect(earns(effect([read(2, 1, estimate(0.99, 2, 2.1))]))).toBe(false);
  expect(earns(effect([read(1.02, 1, estimate(1.01, 1.02, 1.03))]))).toBe(false);
  expect(earns(effect([], [write('DELETE', 30, estimate(-0.9, -0.8, -0.7))]))).toBe(true);
  expect(earns(effect([]))).toBe(false);
});

test('its gain is the time of one execution of each read that it serves', () => {
  const slower = read(1, 2, exactly(0.5));
  expect(gainMs(effect([read(5, 1, exactly(5)), read(3, 1, exactly(3)), slower]))).toBe(6);
});

test('break-even is the cost of the costliest write over the mean gain of the reads', () => {
  const reads = [read(5, 1, exactly(5)), read(3, 1, exactly(3))];
  const writes = [write('cheap', 1, exactly(0.01)), write('dear', 1, exactly(0.3))];
  const found = breakEven(effect(reads, writes));
  expect(found?.write).toBe('dear');
  expect(found?.readsPerWrite.point).toBeCloseTo(0.1, 10);
});

test('there is no break-even without a gain or without a slower write', () => {
  expect(breakEven(effect([], [write('dear', 1, exactly(0.3))]))).toBeUndefined();
  expect(breakEven(effect([read(5, 1, exactly(5))], [write('free', 1, exactly(-0.1))]))).toBeUndefined();
});

test('the interval of the break-even contains its point, whatever the intervals it comes from', () => {
  const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(positive, positive, fc.double({ min: 0, max: 0.5, noNaN: true }), (gain, cost, spread) => {
      const speedup = estimate((1 + gain) / (1 + spread), 1 + gain, (1 + gain) * (1 + spread));
      fc.pre(speedup.low > 1 && speedup.point >= 1.05);
      const overhead = estimate(cost * (1 - spread), cost, cost * (1 + spread));
      const found = breakEven(effect([read(1 + gain, 1, speedup)], [write('w', 1, overhead)]));
      const { low = NaN, point = NaN, high = NaN } = found?.readsPerWrite ?? {};
      expect(low).toBeLessThanOrEqual(point);
      expect(point).toBeLessThanOrEqual(high);
    }),
  );
});
