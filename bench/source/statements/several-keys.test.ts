import { expect, test } from 'vitest';
import { withoutAnyKey, withWholeWeight } from './several-keys.ts';
import type { ReplayableRead } from './source-statement.ts';

const read = (sql: string, weight: number, share: number): ReplayableRead => ({
  ...{ kind: 'read', id: sql, title: sql, sql, origin: 'test', choices: [] },
  ...{ weight, share },
});

const [hot, median, cold] = [read('a', 60, 0.3), read('a', 30, 0.15), read('a', 10, 0.05)];
const other = read('b', 0, 0.5);

test('keys that find rows stand for the calls of those that find none', () => {
  const sound = withWholeWeight([hot, cold, other], [hot, median, cold, other]);
  expect(sound.map(({ weight }) => weight)).toEqual([expect.closeTo(85.7, 1), expect.closeTo(14.3, 1), 0]);
  expect(sound.map(({ share }) => share)).toEqual([
    expect.closeTo(0.4286, 4),
    expect.closeTo(0.0714, 4),
    0.5,
  ]);
});

test('a statement none of whose keys finds rows is left out once, with the share of all', () => {
  const failed = [hot, median, cold].map(({ sql, share }) => ({ sql, share, reason: 'none' }));
  expect(withoutAnyKey(failed, [other])).toEqual([
    { sql: 'a', share: expect.closeTo(0.5, 4) as number, reason: 'none' },
  ]);
  expect(withoutAnyKey(failed, [median])).toEqual([]);
});
