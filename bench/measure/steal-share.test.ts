import { expect, test } from 'vitest';
import { parseTicks, stealShare } from './steal-share.ts';

const STAT = [
  'cpu  100 1 20 800 5 0 4 70 30 1',
  'cpu0 60 1 10 400 5 0 4 20 30 1',
  'cpu1 40 0 10 400 0 0 0 50 0 0',
  'cpu11 1 1 1 1 1 1 1 1 1 1',
  'intr 12345 0 9',
  '',
].join('\n');

test('time given to guests, which is in user time already, is not counted twice', () => {
  expect(parseTicks(STAT)).toEqual({ all: 1000, stolen: 70 });
});

test('the ticks of one core are told apart from those of all', () => {
  expect(parseTicks(STAT, 1)).toEqual({ all: 500, stolen: 50 });
});

test.each([
  ['there is no such file', ''],
  ['the kernel is too old to tell', 'cpu  100 1 20 800 5 0 4\n'],
  ['the line is something else', 'cpu  a b c d e f g h\n'],
  ['a number is missing', 'cpu\ncpu0 60 1 10 400 5 0 4 20\n'],
])('nothing is said to be stolen where %s', (_, text) => {
  expect(parseTicks(text)).toBeUndefined();
});

test('a core that is not there has no ticks', () => {
  expect(parseTicks(STAT, 2)).toBeUndefined();
});

test.each([
  ['a tenth of the time', { all: 1200, stolen: 90 }, 0.1],
  ['nothing', { all: 1200, stolen: 70 }, 0],
  ['everything', { all: 1200, stolen: 270 }, 1],
  ['less than nothing, as after a migration of the machine', { all: 1200, stolen: 10 }, 0],
])('%s was stolen', (_, to, share) => {
  expect(stealShare({ all: 1000, stolen: 70 }, to)).toBeCloseTo(share, 10);
});

test('nothing is said of a time in which no tick was counted', () => {
  const ticks = { all: 1000, stolen: 70 };
  expect(stealShare(ticks, ticks)).toBeUndefined();
  expect(stealShare(ticks, undefined)).toBeUndefined();
  expect(stealShare(undefined, ticks)).toBeUndefined();
});
