import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timestamp } from './reference-time.ts';

test('a time is written as the standard library writes it', () => {
  const times = fc.double({ min: -1e13, max: 1e13, noNaN: true });
  fc.assert(
    fc.property(times, (milliseconds) => {
      expect(timestamp(milliseconds)).toBe(new Date(milliseconds).toISOString());
    }),
    { numRuns: 1000 },
  );
});
