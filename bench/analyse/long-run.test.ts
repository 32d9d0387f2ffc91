import { expect, test } from 'vitest';
import { randomFor } from '../../seed/random.ts';
import type { Arm } from '../model/arm.ts';
import type { Stretch } from '../model/long-run.ts';
import { latencyOf, loadedArm, throughputRatio } from './long-run.ts';

const SIZE = { tableBytes: 1, indexBytes: 1, deadRows: 0 };

const stretch = (arm: Arm, executions: number[]): Stretch => ({
  arm,
  executions,
  latency: latencyOf([1]),
  refused: 0,
  checkpoints: [],
  vacuums: [],
});

/** Before, after, after, before: each second with the executions that are drawn for it. */
const load = (seconds: number, draw: (arm: Arm, second: number) => number): Stretch[] =>
  (['before', 'after', 'after', 'before'] as const).map((arm) =>
    stretch(
      arm,
      Array.from({ length: seconds }, (_, second) => draw(arm, second)),
    ),
  );

test('latencies are durations that so many executions do not exceed, to 1 %', () => {
  const hundred = Array.from({ length: 100 }, (_, position) => 100 - position);
  const { p50Ms, p95Ms, p99Ms, longestMs } = latencyOf(hundred);
  for (const [found, exact] of [
    [p50Ms, 50],
    [p95Ms, 95],
    [p99Ms, 99],
  ] as const)
    expect(Math.abs(found / exact - 1)).toBeLessThan(0.011);
  expect(longestMs).toBe(100);
  expect(latencyOf([])).toEqual({ p50Ms: 0, p95Ms: 0, p99Ms: 0, longestMs: 0 });
});

test('a second with less than a quarter of the usual executions is stalled', () => {
  const stretches = [stretch('after', [100, 100, 24, 26]), stretch('after', [0, 100, 100, 100])];
  expect(loadedArm(stretches, [1], { atStart: SIZE, atEnd: SIZE })).toMatchObject({
    executionsPerSecond: 68.75,
    stalledSeconds: 2,
  });
});

test('the ratio of throughputs is that of all executions, also where a stall leaves none', () => {
  const stalled = load(12, (arm, second) => (arm === 'after' && second < 6 ? 0 : 100));
  const ratio = throughputRatio(stalled);
  expect(ratio?.point).toBe(0.5);
  expect(ratio?.low).toBe(0);
  expect(ratio?.n).toBe(12);
});

test('the interval covers the true ratio about as often as it says', () => {
  const random = randomFor(1, 'throughput');
  const noise = (): number => 20 * (random() + random() + random() - 1.5);
  const covers = Array.from({ length: 400 }, () => {
    const ratio = throughputRatio(load(30, (arm) => (arm === 'after' ? 90 : 100) + noise()));
    return ratio !== undefined && ratio.low < 0.9 && ratio.high > 0.9;
  });
  const share = covers.filter(Boolean).length / covers.length;
  expect(share).toBeGreaterThan(0.9);
  expect(share).toBeLessThan(0.99);
});

test('batches that follow one another alike make the interval wider', () => {
  const wave = (period: number) =>
    throughputRatio(
      load(30, (arm, second) =>
        arm === 'before' ? 100 : 100 + 20 * Math.sign(Math.sin((2 * Math.PI * (second + 0.5)) / period)),
      ),
    );
  const [slow, fast] = [wave(30), wave(10)];
  expect((slow?.high ?? 0) - (slow?.low ?? 0)).toBeGreaterThan(1.2 * ((fast?.high ?? 0) - (fast?.low ?? 0)));
});

test('nothing is compared where one arm did nothing, or hardly anything was measured', () => {
  expect(throughputRatio(load(12, (arm) => (arm === 'before' ? 0 : 100)))).toBeUndefined();
  expect(throughputRatio(load(1, () => 100))).toBeUndefined();
});
