import { describe, expect, test } from 'vitest';
import type { Finding } from '../model/gate.ts';
import type { Night, NightItem } from '../model/night.ts';
import { acceptanceOf, judgeNight } from './gate.ts';
import { bystanders, night, readTaking, usualNights, writeLogging } from './night.fixture.ts';

const NIGHTS = usualNights(25);
const tonight = (...items: NightItem[]): Night =>
  night(25, items.length > 0 ? items : [readTaking(0.1), writeLogging(1_097)]);
const judged = (one: Night, before: readonly Night[] = NIGHTS) => judgeNight(before, one);
const told = (findings: readonly Finding[]): string[] =>
  findings.map(({ state, item, what }) => `${state} ${item} ${what}`);

/** A second measurement in the same night, other items included. */
const again = (one: Night, item: NightItem): Night => ({ ...one, confirmation: [item, ...bystanders()] });

const withExact = (item: NightItem, exact: NightItem['exact']): NightItem => ({
  ...item,
  exact: { ...item.exact, ...exact },
});

describe('a night', () => {
  test('passes when it is as usual', () => {
    expect(judged(tonight())).toMatchObject({
      state: 'passed',
      nights: 25,
      findings: [],
      timing: { state: 'judged', nights: 20 },
    });
  });

  test('is the first when there is none before it', () => {
    expect(judged(tonight(), [])).toMatchObject({ state: 'first night', findings: [] });
  });

  test('under other conditions is not comparable until they are accepted', () => {
    const other = night(25, [readTaking(0.2)], { PostgreSQL: '18.5', scale: 2 });
    const gate = judged(other);
    expect(gate).toMatchObject({
      state: 'not comparable',
      differences: ['PostgreSQL was 18.4, and is 18.5 now', 'scale was 1, and is 2 now'],
    });
    const history = [...NIGHTS, other, acceptanceOf(gate, 'new server', new Date(0))];
    expect(judgeNight(history, other).state).toBe('first night');
    const next = night(26, [readTaking(0.2)], { PostgreSQL: '18.5', scale: 2 });
    expect(judgeNight(history, next)).toMatchObject({ state: 'passed', nights: 1 });
    expect(judgeNight(history, night(27, [readTaking(0.1), writeLogging(1_097)]))).toMatchObject({
      state: 'passed',
      nights: 25,
    });
  });

  test('is judged the same when it is already in the history', () => {
    const worse = tonight(withExact(readTaking(0.1), { 'blocks after': 25 }), writeLogging(1_097));
    expect(judgeNight([...NIGHTS, worse, night(26, [])], worse)).toEqual(judged(worse));
  });
});

describe('what is exact', () => {
  test.each<[string, NightItem, string]>([
    ['another plan', withExact(readTaking(0.1), { 'plan after': 'Seq Scan[posts]' }), 'plan after'],
    ['another answer', withExact(readTaking(0.1), { 'answer checksum': 'd'.repeat(64) }), 'answer checksum'],
    ['a block more', withExact(readTaking(0.1), { 'blocks after': 25 }), 'blocks after'],
  ])('fails the night at once: %s', (_, read, what) => {
    const gate = judged(tonight(read, writeLogging(1_097)));
    expect(gate.state).toBe('failed');
    expect(told(gate.findings)).toEqual([`failed read/shipped/hot-key ${what}`]);
    expect(gate.findings[0]).toMatchObject({
      since: '2026-01-26T03:00:00.000Z',
      certainty: 'exact',
      command: 'index-impact run --workload full --seed 42 --only hot-key --baseline shipped',
    });
  });

  test('fails when an item is gone, or could not be measured, until that is accepted', () => {
    const { timed, ...failed } = { ...writeLogging(1_097), exact: {} };
    expect(timed).toBeDefined();
    const without = tonight(readTaking(0.1), failed);
    for (const one of [tonight(readTaking(0.1)), without])
      expect(told(judged(one).findings)).toEqual(['failed write/shipped/update-leads presence']);
    const history = [...NIGHTS, without, acceptanceOf(judged(without), 'not any more', new Date(0))];
    expect(judgeNight(history, { ...without, run: 'run-26' }).findings).toEqual([]);
  });

  test('is judged from the first night that measured it', () => {
    const { timed, ...failed } = { ...readTaking(0.1), exact: {} };
    expect(timed).toBeDefined();
    const history = [night(0, [failed]), night(1, [readTaking(0.1)])];
    const worse = night(2, [withExact(readTaking(0.1), { 'blocks after': 25 })]);
    expect(told(judged(worse, history).findings)).toEqual(['failed read/shipped/hot-key blocks after']);
  });

  test('may differ by its allowance only: two records, for other activity on the server', () => {
    const gateOf = (records: number) => judged(tonight(readTaking(0.1), writeLogging(records))).state;
    expect([1_095, 1_099, 1_100].map(gateOf)).toEqual(['passed', 'passed', 'failed']);
  });

  test('that is better is reported, and fails nothing', () => {
    const gate = judged(tonight(withExact(readTaking(0.1), { 'blocks after': 4 }), writeLogging(1_097, 100)));
    expect(gate.state).toBe('passed');
    expect(told(gate.findings)).toEqual([
      'improved read/shipped/hot-key blocks after',
      'improved write/shipped/update-leads HOT updates after',
    ]);
  });

  test('fails every night from its first until it is accepted', () => {
    const bad = (ordinal: number) => night(ordinal, [readTaking(0.1), writeLogging(2_000)]);
    const history = [...NIGHTS, bad(25), bad(26)];
    const gate = judgeNight(history, bad(27));
    expect(gate.findings).toMatchObject([{ state: 'failed', since: '2026-01-26T03:00:00.000Z' }]);
    const accepted = [...history, bad(27), acceptanceOf(gate, 'one index more', new Date(0))];
    expect(judgeNight(accepted, bad(27)).state).toBe('passed');
    expect(judgeNight(accepted, bad(28)).state).toBe('passed');
    expect(judgeNight(accepted, night(28, [readTaking(0.1), writeLogging(3_000)])).state).toBe('failed');
  });

  test('is judged in a noisy night as well', () => {
    const noisy = { ...tonight(readTaking(0.3), writeLogging(2_000)), isNoisy: true };
    const gate = judged(noisy);
    expect(gate.timing.state).toBe('off');
    expect(told(gate.findings)).toEqual(['failed write/shipped/update-leads WAL records after']);
  });
});

describe('a time', () => {
  const slow = (ms: number) => tonight(readTaking(ms), writeLogging(1_097));
  const states = (one: Night, before: readonly Night[] = NIGHTS) =>
    judged(one, before).findings.map(({ state }) => state);

  test('is advisory before 8 comparable nights', () => {
    const twice = again(slow(0.2), readTaking(0.2));
    const gate = judged(twice, NIGHTS.slice(0, 6));
    expect(gate).toMatchObject({ state: 'passed', timing: { state: 'advisory', nightsMissing: 2 } });
    expect(gate.findings).toMatchObject([
      { state: 'suspected', certainty: 'advisory: 2 more nights are needed' },
    ]);
  });

  test('that is 10 % worse fails in the second night in a row, if each night confirms it', () => {
    const first = again(slow(0.12), readTaking(0.12));
    expect(states(first)).toEqual(['suspected']);
    const second = again({ ...slow(0.12), run: 'run-26' }, readTaking(0.12));
    expect(judged(second, [...NIGHTS, first])).toMatchObject({
      state: 'failed',
      findings: [{ since: first.startedAt }],
    });
  });

  test('of two nights counts as one: together they may show what neither shows alone', () => {
    const first = slow(0.109);
    expect(states(first)).toEqual([]);
    const second = { ...slow(0.114), run: 'run-26' };
    expect(states(again(second, readTaking(0.114)), [...NIGHTS, first])).toEqual(['failed']);
    expect(states(second, [...NIGHTS, first])).toEqual(['suspected']);
  });

  test('is ignored when an outlier recovers the next night', () => {
    expect(states({ ...slow(0.1), run: 'run-26' }, [...NIGHTS, slow(0.14)])).toEqual([]);
  });

  test('that is 25 % worse fails at once, if confirmed', () => {
    expect(states(again(slow(0.14), readTaking(0.14)))).toEqual(['failed']);
    expect(states(again(slow(0.14), readTaking(0.1)))).toEqual(['suspected']);
    expect(states(slow(0.14))).toEqual(['suspected']);
  });

  test('that is less than 10 % worse is ignored', () => {
    expect(states(again(slow(0.108), readTaking(0.108)))).toEqual([]);
  });

  test('is compared at the pace of the night: a slow machine is no regression', () => {
    const items = [readTaking(0.15, 1.5), writeLogging(1_097), ...bystanders(1.5)];
    expect(states({ ...tonight(), items })).toEqual([]);
  });

  test('that is shorter before makes no regression of a smaller speedup', () => {
    expect(states(tonight(readTaking(0.1, 0.5), writeLogging(1_097)))).toEqual([]);
  });

  test('that is better is reported', () => {
    expect(states(slow(0.08))).toEqual(['improved']);
  });

  test('is reported with its usual range, the smallest first', () => {
    const writing = (overhead: number): NightItem => {
      const { timed, ...write } = writeLogging(1_097);
      if (!timed) throw new Error('the write is timed');
      const ratio = { ...timed.ratio, point: overhead, low: overhead - 0.01, high: overhead + 0.01 };
      return {
        ...write,
        timed: { ...timed, ratio, afterMs: { ...timed.afterMs, point: 0.3 + 0.3 * overhead } },
      };
    };
    const nights = usualNights(25).map((one, ordinal) => ({
      ...one,
      items: one.items.map((item) =>
        item.id.startsWith('write') ? writing(0.1 + (ordinal % 3) / 100) : item,
      ),
    }));
    const [found] = judgeNight(nights, tonight(readTaking(0.1), writing(0.5))).findings;
    expect(found).toMatchObject({ what: 'time after', usual: '0.333 ms, 0.326 ms to 0.340 ms in 20 nights' });
  });

  test('that stays worse does not become usual', () => {
    const bad = Array.from({ length: 30 }, (_, position) =>
      again(
        { ...slow(0.14), run: `run-${25 + position}`, startedAt: night(25 + position, []).startedAt },
        readTaking(0.14),
      ),
    );
    const gate = judged(again({ ...slow(0.14), run: 'run-99' }, readTaking(0.14)), [...NIGHTS, ...bad]);
    expect(gate.findings).toMatchObject([{ state: 'failed', since: '2026-01-26T03:00:00.000Z' }]);
  });

  test('that becomes a little worse every night is reported as drifting', () => {
    const nights = Array.from({ length: 60 }, (_, ordinal) =>
      night(ordinal, [readTaking(0.1 * 1.004 ** ordinal), writeLogging(1_097)]),
    );
    const gate = judged(night(60, [readTaking(0.1 * 1.004 ** 60), writeLogging(1_097)]), nights);
    expect(gate).toMatchObject({ state: 'passed', findings: [{ state: 'drifting' }] });
  });
});
