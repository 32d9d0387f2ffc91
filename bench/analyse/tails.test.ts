import { describe, expect, test } from 'vitest';
import { executionsIn, histogramOf } from '../model/histogram.ts';
import { measuredQuantile, QUANTILES, type Tails } from '../model/tails.ts';
import { madeExecutions } from './executions.fixture.ts';
import { withVerdicts } from './tail-verdicts.ts';
import { tailsOf } from './tails.ts';

const ALIKE = { before: 0.5, after: 0.5 };

const contains = (tails: Tails | undefined, share: (typeof QUANTILES)[number], ratio: number): boolean => {
  const { low = NaN, high = NaN } = measuredQuantile(tails, share)?.estimate ?? {};
  return low <= ratio && ratio <= high;
};

describe('intervals over simulated runs', () => {
  const TRIALS = 60;
  /** Of 60 correct 95 % intervals so few or fewer contain the truth in one series of 1,000. */
  const LEAST = 50;

  test.each([
    ['identical arms', ALIKE],
    ['one arm a fifth slower', { before: 0.5, after: 0.6 }],
  ])('%s: 95 %% of them contain the ratio, at p50, p95 and p99', (name, typicalMs) => {
    const ratio = typicalMs.before / typicalMs.after;
    const all = Array.from({ length: TRIALS }, (_, trial) =>
      tailsOf(madeExecutions(`${name} ${trial}`, { typicalMs, rounds: 10 })),
    );
    for (const share of QUANTILES)
      expect(all.filter((tails) => contains(tails, share, ratio)).length, `p${share}`).toBeGreaterThan(LEAST);
  });

  test('p99 of identical arms has hardly ever a verdict', () => {
    const reports = Array.from({ length: 8 }, (_, report) =>
      withVerdicts(
        Array.from({ length: 6 }, (_, row) =>
          tailsOf(madeExecutions(`report ${report} ${row}`, { typicalMs: ALIKE, rounds: 10 })),
        ),
      ),
    );
    const isWrong = (tails: Tails | undefined) =>
      ['faster', 'slower'].includes(measuredQuantile(tails, 0.99)?.verdict ?? '');
    expect(reports.filter((rows) => rows.some(isWrong)).length).toBeLessThanOrEqual(1);
  });
});

test('one slow execution in 40 is seen at p99, and not at p50', () => {
  const [tails] = withVerdicts([
    tailsOf(madeExecutions('slow', { typicalMs: ALIKE, rounds: 10, slowEvery: 40 })),
  ]);
  expect(measuredQuantile(tails, 0.99)).toMatchObject({ verdict: 'slower' });
  expect(measuredQuantile(tails, 0.99)?.estimate.high).toBeLessThan(0.5);
  expect(contains(tails, 0.5, 1)).toBe(true);
});

test('a quantile is within a percent of that of the executions themselves', () => {
  const durationsMs = Array.from({ length: 100 }, (_, position) => 1 + position / 100);
  const visit = { before: histogramOf(durationsMs), after: histogramOf(durationsMs.map((ms) => 2 * ms)) };
  const tails = tailsOf(Array.from({ length: 8 }, (_, round) => ({ round, ...visit })));
  for (const share of QUANTILES) {
    const { before, estimate } = measuredQuantile(tails, share) ?? {};
    expect((before?.durationMs.point ?? NaN) / (1 + share)).toBeCloseTo(1, 2);
    expect(estimate?.point).toBeCloseTo(0.5, 2);
    // No round differs from another.
    expect(estimate?.low).toBe(estimate?.high);
  }
});

test('p99 takes 368 executions of each arm, p95 72, and any of them six rounds', () => {
  const made = (before: number, rounds = 8) =>
    tailsOf(madeExecutions('few', { typicalMs: ALIKE, rounds, executions: { before, after: 60 } }));
  const states = (tails: Tails | undefined) => tails?.quantiles.map(({ state }) => state);
  expect(states(made(46))).toEqual(['measured', 'measured', 'measured']);
  expect(made(45)?.quantiles.at(-1)).toEqual({ state: 'too few executions', quantile: 0.99, needed: 368 });
  expect(states(made(9))).toEqual(['measured', 'measured', 'too few executions']);
  expect(states(made(8))).toEqual(['measured', 'too few executions', 'too few executions']);
  expect(made(60, 5)).toBeUndefined();
  expect(tailsOf(undefined)).toBeUndefined();
});

test('visits of one round are one round, and every execution is kept', () => {
  const visits = madeExecutions('twice', { typicalMs: ALIKE, rounds: 12 });
  const tails = tailsOf(visits.map((visit, position) => ({ ...visit, round: Math.floor(position / 2) })));
  expect(measuredQuantile(tails, 0.5)?.estimate.n).toBe(6);
  expect(tails && executionsIn(tails.executions.before)).toBe(720);
});
