import { expect, test } from 'vitest';
import { pausesIn } from './pauses.ts';

test('a pair that takes far longer than most tells of a pause, and how long it was', () => {
  expect(pausesIn([40, 42, 30_041, 41, 40])).toEqual([{ kind: 'pause', pair: 3, pauseMs: 30_000 }]);
});

test('neither slow pairs, nor a first one that is slower than the others, are pauses', () => {
  expect(pausesIn([900, 40, 40, 41])).toEqual([]);
  expect(pausesIn([9_000, 4_000, 4_100, 4_000])).toEqual([]);
  expect(pausesIn([])).toEqual([]);
});
