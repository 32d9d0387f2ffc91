import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binsOf, durationIn, executionsIn, Histogram, histogramOf, mergeHistograms } from './histogram.ts';

const durations = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { maxLength: 60 });

test('every duration is within half a percent of the middle of its bin', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (durationMs) => {
      const [{ bin } = { bin: NaN }] = binsOf(histogramOf([durationMs]));
      expect(Math.abs(durationIn(bin, 0.5) / durationMs - 1)).toBeLessThan(0.005);
    }),
  );
});

test('every execution is counted once, in order', () => {
  fc.assert(
    fc.property(durations, (durationsMs) => {
      const histogram = Histogram.parse(histogramOf(durationsMs));
      const bins = binsOf(histogram).map(({ bin }) => bin);
      expect(executionsIn(histogram)).toBe(durationsMs.length);
      expect(bins).toEqual(bins.toSorted((a, b) => a - b));
      expect(new Set(bins).size).toBe(bins.length);
    }),
  );
});

test('merged histograms are the histogram of all durations', () => {
  fc.assert(
    fc.property(fc.array(durations), (parts) => {
      expect(mergeHistograms(parts.map(histogramOf))).toEqual(histogramOf(parts.flat()));
    }),
  );
});

test('empty bins between two durations take one number', () => {
  const { counts } = histogramOf([0.5, 0.5, 50]);
  expect(counts).toEqual([2, -462, 1]);
});

test('a duration of 0 counts as a nanosecond', () => {
  expect(histogramOf([0])).toEqual(histogramOf([1e-6]));
});
