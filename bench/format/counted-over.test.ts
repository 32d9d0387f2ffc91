import { expect, test } from 'vitest';
import { countedOver } from './counted-over.ts';

test.each([
  [0.0001, 'their calls were counted over 1 second only: another hour may be unlike it'],
  [0.0075, 'their calls were counted over 27 seconds only: another hour may be unlike it'],
  [0.5, 'their calls were counted over 30 minutes only: another hour may be unlike it'],
  [1, 'their calls were counted over 1 hour'],
  [30, 'their calls were counted over 30 hours'],
  [240, 'their calls were counted over 10 days'],
])('calls of %d hours', (hours, text) => {
  expect(countedOver(hours)).toBe(text);
});
