import { expect, test } from 'vitest';
import { judgeNight } from './gate.ts';
import { night, readTaking, usualNights, writeLogging } from './night.fixture.ts';
import { trendsOf } from './trends.ts';

const history = usualNights(25);
const tonight = night(25, [readTaking(0.14), writeLogging(1_097)]);
const trends = trendsOf(history, tonight, judgeNight(history, tonight));

test('items with findings come first, with every comparable night and its band', () => {
  const [first] = trends;
  expect(first).toMatchObject({ id: 'read/shipped/hot-key', metric: 'speedup', band: { nights: 20 } });
  expect(first?.points).toHaveLength(26);
  expect(first?.points.at(-1)?.estimate.point).toBeLessThan(first?.band?.low ?? 0);
});

test('the band of a write lies around its overhead, as wide as its own intervals allow', () => {
  const { band } = trends.find(({ metric }) => metric === 'overhead') ?? {};
  expect(band?.low).toBeLessThan(0.1);
  expect(band?.low).toBeGreaterThan(0.09);
  expect(band?.high).toBeGreaterThan(0.1);
  expect(band?.high).toBeLessThan(0.11);
});

test('a night that is not comparable has no trends', () => {
  const other = night(25, [readTaking(0.1)], { scale: 2 });
  expect(trendsOf(history, other, judgeNight(history, other))).toEqual([]);
});

test('the second night has no band yet', () => {
  const [first] = history;
  if (!first) throw new Error('there is a first night');
  const [only] = trendsOf([first], tonight, judgeNight([first], tonight));
  expect(only).toMatchObject({ points: [{ startedAt: first.startedAt }, { startedAt: tonight.startedAt }] });
  expect(only?.band).toBeUndefined();
});
