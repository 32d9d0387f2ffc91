import { describe, expect, test } from 'vitest';
import { judgeNight } from './gate.ts';
import { night, readTaking, usualNights, writeLogging } from './night.fixture.ts';
import { itemsToConfirm } from './second-look.ts';

const others = Array.from({ length: 30 }, (_, at) => readTaking(0.1, 1, `other-${at}`));
const nights = usualNights(25).map((one) => ({ ...one, items: [...one.items, ...others] }));
const slow = night(25, [readTaking(0.14), writeLogging(1_097), ...others]);

describe('a second look', () => {
  test('measures the outliers and at most eight others, spread over the night', () => {
    const [first, ...beside] = itemsToConfirm(judgeNight(nights, slow), slow).map(({ id }) => id);
    expect(first).toBe('read/shipped/hot-key');
    expect(beside.length).toBeGreaterThan(4);
    expect(beside.length).toBeLessThanOrEqual(8);
    expect(beside).toEqual(expect.arrayContaining([expect.stringMatching(/other-2\d$/)]));
  });

  test('is not needed without outliers, nor where times are not judged', () => {
    const usual = night(25, [readTaking(0.1), writeLogging(1_097), ...others]);
    expect(itemsToConfirm(judgeNight(nights, usual), usual)).toEqual([]);
    expect(itemsToConfirm(judgeNight(nights.slice(0, 6), slow), slow)).toEqual([]);
  });
});
