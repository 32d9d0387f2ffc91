import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WriteMeasurement } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import { clientDurations, durationMs, logRatios, overheadOf, speedup, speedupOf } from './estimates.ts';
import { judge } from './judge.ts';
import { medianInterval } from './order-statistics.ts';
import { READ_PRECISION } from './precision.ts';

const block = fc.record({
  medianMs: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  executions: fc.constant(3),
});
const pairs = fc.array(
  fc.record({ first: fc.constantFrom('before' as const, 'after' as const), before: block, after: block }),
  { minLength: 6, maxLength: 60 },
);
const swap = (pair: Pair): Pair => ({ ...pair, before: pair.after, after: pair.before });

const pair = (beforeMs: number, afterMs: number): Pair => ({
  first: 'before',
  before: { medianMs: beforeMs, executions: 3 },
  after: { medianMs: afterMs, executions: 3 },
});

/** A pair with this ratio of after to before, in the middle of which both arms would take 10 ms. */
const pairOf = (ratio: number): Pair => pair(10 / Math.sqrt(ratio), 10 * Math.sqrt(ratio));

const write = (measured: Pair[]): WriteMeasurement => ({
  item: {
    kind: 'write',
    id: 'insert-a',
    title: 'INSERT a',
    workload: 'headline',
    weight: 1,
    sql: 'INSERT INTO a VALUES (1)',
    operation: 'INSERT',
    table: 'a',
    draw: () => [],
  },
  baseline: 'bare',
  state: 'measured',
  pairs: measured,
  disturbances: [],
  counters: undefined,
  asynchronous: undefined,
});

const judgeOne = (measured: Pair[]) =>
  judge({ reads: [], writes: [write(measured)], canaries: [] }).writes[0];

test('swapping the arms inverts the speedup and its interval', () => {
  fc.assert(
    fc.property(pairs, (measured) => {
      const there = speedup(clientDurations(measured));
      const back = speedup(clientDurations(measured.map(swap)));
      if (!there || !back) throw new Error('there is an estimate from six pairs on');
      expect(Math.log(back.point)).toBeCloseTo(-Math.log(there.point), 10);
      expect(Math.log(back.low)).toBeCloseTo(-Math.log(there.high), 10);
      expect(durationMs(clientDurations(measured), 'before')).toEqual(
        durationMs(clientDurations(measured.map(swap)), 'after'),
      );
    }),
  );
});

test('swapping the arms negates every log ratio, their median and its interval exactly', () => {
  fc.assert(
    fc.property(pairs, (measured) => {
      const there = medianInterval(logRatios(clientDurations(measured)));
      const back = medianInterval(logRatios(clientDurations(measured.map(swap))));
      if (!there || !back) throw new Error('there is an interval from six pairs on');
      expect(back.point + there.point).toBe(0);
      expect(back.low + there.high).toBe(0);
      expect(back.high + there.low).toBe(0);
    }),
  );
});

test('an overhead leads back to its speedup', () => {
  fc.assert(
    fc.property(pairs, (measured) => {
      const there = speedup(clientDurations(measured));
      if (!there) throw new Error('there is an estimate from six pairs on');
      const back = speedupOf(overheadOf(there));
      for (const part of ['point', 'low', 'high'] as const)
        expect(back[part] / there[part]).toBeCloseTo(1, 6);
    }),
  );
});

test('an overhead keeps its interval in order', () => {
  fc.assert(
    fc.property(pairs, (measured) => {
      const estimate = speedup(clientDurations(measured));
      if (!estimate) throw new Error('there is an estimate from six pairs on');
      const { point, low, high } = overheadOf(estimate);
      expect(low).toBeLessThanOrEqual(point);
      expect(point).toBeLessThanOrEqual(high);
    }),
  );
});

test('a difference that every pair shows is a verdict, with the overhead as its estimate', () => {
  const result = judgeOne(Array.from({ length: 20 }, (_, i) => pairOf(1.2 + (i % 2) / 100)));
  expect(result).toMatchObject({ state: 'measured', verdict: 'slower' });
  expect(result?.state === 'measured' && result.estimate.point).toBeCloseTo(0.205, 4);
});

test('equal arms show no material difference', () => {
  const noise = [1.01, 0.99, 1.02, 0.98, 1];
  expect(judgeOne(Array.from({ length: 20 }, (_, i) => pair(10, 10 * (noise[i % 5] ?? 1))))).toMatchObject({
    verdict: 'no material difference',
    warnings: [],
  });
});

test('a wide interval around 1 is inconclusive, and has a warning about its width', () => {
  expect(judgeOne(Array.from({ length: 20 }, (_, i) => pairOf(1.1 ** (((i * 7) % 20) - 9.5))))).toMatchObject(
    {
      verdict: 'inconclusive',
      warnings: [{ code: 'imprecise' }],
    },
  );
});

test.each([
  ['drifts', (position: number) => 1.05 ** (position - 10), 'drift'],
  ['has two modes', (position: number) => (position % 2 === 0 ? 0.5 : 2) + position / 1000, 'two-modes'],
])('a ratio that %s around 1 is unstable, and has a warning', (_, ratioOf, code) => {
  const judged = judgeOne(Array.from({ length: 20 }, (_pair, position) => pairOf(ratioOf(position))));
  expect(judged).toMatchObject({ verdict: 'unstable' });
  expect(judged?.state === 'measured' && judged.warnings.map((warning) => warning.code)).toContain(code);
});

test('a first block unlike the others gets a warning', () => {
  const noise = [1.01, 0.99, 1.02, 0.98, 1];
  const measured = Array.from({ length: 20 }, (_, i) => pair(10, 10 * (noise[i % 5] ?? 1)));
  expect(judgeOne([pair(10, 30), ...measured])).toMatchObject({
    verdict: 'no material difference',
    warnings: [{ code: 'first-run', cause: 'the first block after took 3.00 times as long as the others' }],
  });
});

describe('the canaries', () => {
  const scattered = (spread: number) =>
    Array.from({ length: 20 }, (_, i) => pairOf((1 + spread) ** (((i * 7) % 20) - 9.5)));
  const row = write(Array.from({ length: 20 }, () => pair(10, 20)));
  const judgeWith = (spread: number) =>
    judge({ reads: [], writes: [row], canaries: [write(scattered(spread))] });

  test('are quiet when their 99 % interval lies within 5 % of 1; no row gets a warning', () => {
    const { canaries, writes } = judgeWith(0.005);
    expect(canaries).toMatchObject([{ state: 'measured', isQuiet: true }]);
    expect(canaries[0]?.state === 'measured' && canaries[0].estimate.confidence).toBe(0.99);
    expect(writes).toMatchObject([{ verdict: 'slower', warnings: [] }]);
  });

  test('make every row noisy when it does not, and keep the verdicts', () => {
    const { canaries, writes } = judgeWith(0.02);
    expect(canaries).toMatchObject([{ state: 'measured', isQuiet: false }]);
    expect(writes).toMatchObject([{ verdict: 'slower', warnings: [{ code: 'noisy' }] }]);
  });

  test('make every row noisy when they fail', () => {
    const failed = { ...write([]), state: 'failed' as const, error: { message: 'refused' } };
    const { writes } = judge({ reads: [], writes: [row], canaries: [failed] });
    expect(writes).toMatchObject([{ warnings: [{ code: 'noisy' }] }]);
  });
});

test('a row has the weight in the mix that its suite gives the statement', () => {
  const row = write(Array.from({ length: 20 }, () => pair(10, 20)));
  const weighing = (weight: number) => ({ ...row, item: { ...row.item, weight } });
  const { writes } = judge({ reads: [], writes: [weighing(2.5), weighing(0)], canaries: [] });
  expect(writes.map(({ weight }) => weight)).toEqual([2.5, 0]);
});

test('each kind of disturbance is reported once, with its pairs', () => {
  const disturbed = write(Array.from({ length: 20 }, () => pair(10, 20)));
  const [judged] = judge({
    reads: [],
    canaries: [],
    writes: [
      {
        ...disturbed,
        disturbances: [
          { kind: 'checkpoint', pair: 2 },
          { kind: 'other session', pair: 3 },
          { kind: 'checkpoint', pair: 7 },
          { kind: 'clock step', pair: 9, stepMs: -1500 },
          { kind: 'pause', pair: 11, pauseMs: 30_012 },
          { kind: 'plan change', arm: 'after' },
        ],
      } as WriteMeasurement,
    ],
  }).writes;
  expect(judged?.state === 'measured' && judged.warnings.map(({ code, cause }) => [code, cause])).toEqual([
    ['checkpoint', 'a checkpoint ended during pairs 2, 7'],
    ['other-session', 'another session was active on the server during pair 3'],
    ['clock-step', 'the wall clock was set, or the machine suspended, during pair 9 (by -1,500 ms)'],
    ['pause', 'the server or the machine paused during pair 11 (for 30.0 s)'],
    ['plan-change', 'PostgreSQL chose another plan at the end than at the beginning, after'],
  ]);
});

test('where busy rounds have another ratio, both are shown, also with one pair a round; not outside rounds', () => {
  const inOneGo = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? pair(40, 4) : pair(10, 2)));
  const codes = (timed: Pair[]) => {
    const judged = judgeOne(timed);
    return judged?.state === 'measured' ? judged.warnings.map(({ code }) => code) : [];
  };
  expect(codes(inOneGo.map((timed, i) => ({ ...timed, round: i + 1 })))).toContain('busy-rounds');
  expect(codes(inOneGo)).not.toContain('busy-rounds');
});

test('fewer pairs than an interval needs are a failure, not a number', () => {
  expect(judgeOne([pair(1, 2), pair(1, 2)])).toMatchObject({
    state: 'failed',
    error: { message: '2 pairs were measured; an interval needs pairs of 6 rounds' },
  });
});

test("the server's times are judged beside the client's, and are missing where it kept none", () => {
  const timed = (measured: Pair, before: number, after: number): Pair => ({
    ...measured,
    before: { ...measured.before, serverMeanMs: before },
    after: { ...measured.after, serverMeanMs: after },
  });
  const both = judgeOne(Array.from({ length: 20 }, () => timed(pair(10, 11), 4, 5)));
  expect(both?.state === 'measured' && both.server?.estimate.point).toBeCloseTo(0.25, 10);
  const clientOnly = judgeOne(Array.from({ length: 20 }, () => pair(10, 11)));
  expect(clientOnly).not.toHaveProperty('server');
});

test('the interval of a read covers other copies and other runs, beside the scatter of its rounds', () => {
  const measured = Array.from({ length: 20 }, (_, i) => pairOf(1 + i / 1000));
  const alone = speedup(clientDurations(measured));
  const widened = speedup(clientDurations(measured), READ_PRECISION);
  if (!alone || !widened) throw new Error('there is an estimate from six pairs on');
  const { placement, betweenRuns } = READ_PRECISION;
  expect(widened.point).toBe(alone.point);
  for (const end of ['low', 'high'] as const) {
    const reach = Math.abs(Math.log(alone[end] / alone.point));
    expect(Math.abs(Math.log(widened[end] / alone.point))).toBeCloseTo(betweenRuns * reach + placement, 10);
  }
});
