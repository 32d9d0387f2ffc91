import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytes,
  count,
  milliseconds,
  overhead,
  overheadText,
  percentText,
  ratio,
  ratioText,
} from './quantity.ts';

const estimate = (point: number, low: number, high: number) => ({
  point,
  low,
  high,
  confidence: 0.95,
  n: 20,
  method: 'test',
});

test.each([
  [ratioText(estimate(3.421, 3.1, 3.708)), '3.42x [3.10, 3.71]'],
  [ratioText(estimate(0.9951, 0.988, 1.0003)), '1.00x [0.99, 1.00]'],
  [ratioText(estimate(112.4, 111.6, 113)), '112x [112, 113]'],
  [overheadText(estimate(0.0412, -0.0004, 0.063)), '+4.1 % [0.0, +6.3]'],
  [overheadText(estimate(-0.928, -0.937, -0.918)), '-92.8 % [-93.7, -91.8]'],
  [ratioText(estimate(1.41, 0.0012, 1834.2)), '1.41x [0.001, 1,834]'],
  [ratioText(estimate(12_345, 1.5, 1.5e300)), '12.3kx [2, 2e300]'],
  [overheadText(estimate(0.9, -0.845, 11.731)), '+90.0 % [-84.5, +1,173]'],
  [overheadText(estimate(150, 99.99, 2_345)), '+15k % [+9,999, +235k]'],
  [percentText(0.0782), '7.8 %'],
  [milliseconds(0.1456), '0.146 ms'],
  [milliseconds(13.64), '13.6 ms'],
  [milliseconds(1234), '1,234 ms'],
  [bytes(0), '0 B'],
  [bytes(573_440), '560 kB'],
  [bytes(1_130_000), '1.08 MB'],
  [count(190_000), '190,000'],
])('%s', (shown, expected) => {
  expect(shown).toBe(expected);
});

test('an interval stays short, whatever its size', () => {
  const any = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(any, any, any, (point, low, high) => {
      expect(ratio(estimate(point, low, high)).interval.length).toBeLessThanOrEqual(
        '[-999.99, -999.99]'.length,
      );
      expect(overhead(estimate(point, low, high)).interval.length).toBeLessThanOrEqual(
        '[-999.9, +1.23M]'.length + 1,
      );
    }),
  );
});

test('a duration keeps three significant digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 999, noNaN: true }), (value) => {
      const shown = Number(milliseconds(value).replace(' ms', ''));
      expect(Math.abs(shown - value) / value).toBeLessThanOrEqual(0.0501);
    }),
  );
});
