import { expect, test } from 'vitest';
import { binomialCdf, binomialInterval, mostHits } from './binomial.ts';

test.each([
  [5, 20, 0.5, 0.0206947],
  [2, 40, 0.05, 0.6767359],
  [40, 40, 0.3, 1],
])('at most %i of %i hits at %d have probability %d', (k, n, p, expected) => {
  expect(binomialCdf(k, n, p)).toBeCloseTo(expected, 6);
});

test.each([
  [0, 10, 0, 0.3084971],
  [10, 10, 0.6915029, 1],
  [2, 40, 0.0061136, 0.1691968],
])('%i of %i are a share within [%d, %d]', (hits, trials, low, high) => {
  const interval = binomialInterval(hits, trials);
  expect(interval.low).toBeCloseTo(low, 5);
  expect(interval.high).toBeCloseTo(high, 5);
});

test('a correct 95 % interval misses at most 5 of 40 times, but for one case in fifty', () => {
  expect(mostHits(40, 0.05, 0.02)).toBe(5);
});
