import { describe, expect, test } from 'vitest';
import { normalDraws } from '../../tests/fixtures/simulated.ts';
import type { Pair } from '../model/pair.ts';
import type { MeasuredRead, MeasuredWrite } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import { sampleResult } from '../report/sample-result.fixture.ts';
import { balanceOf } from './balance.ts';
import { mixedStatements } from './mixed-statements.ts';

const sample = sampleResult();
const measuredOf = <Row extends Result['reads'][number] | Result['writes'][number]>(rows: readonly Row[]) =>
  rows.filter((row): row is Extract<Row, { state: 'measured' }> => row.state === 'measured');
const [read] = measuredOf(sample.reads) as [MeasuredRead];
const [write] = measuredOf(sample.writes) as [MeasuredWrite];

/** @param scatter after is multiplied by it, and before divided */
const pairs = (
  beforeMs: number,
  afterMs: number,
  scatter: (ordinal: number) => number = () => 1,
  count = 20,
): Pair[] =>
  Array.from({ length: count }, (_, ordinal) => ({
    first: 'before',
    before: { medianMs: beforeMs / scatter(ordinal), executions: 3 },
    after: { medianMs: afterMs * scatter(ordinal), executions: 3 },
  }));

const taking = <Row extends MeasuredRead | MeasuredWrite>(
  row: Row,
  beforeMs: number,
  afterMs: number,
  weight = 1,
): Row => {
  const duration = (point: number) => ({
    durationMs: { ...row.before.durationMs, point, low: point, high: point },
  });
  return {
    ...row,
    weight,
    pairs: pairs(beforeMs, afterMs),
    before: duration(beforeMs),
    after: duration(afterMs),
  };
};

const balance = (
  reads: readonly MeasuredRead[],
  writes: readonly MeasuredWrite[],
  mix = { reads: 4, writes: 1 },
) => balanceOf(mixedStatements({ reads, writes }, mix), mix);

describe('1,000 statements of a mix', () => {
  test('follow the shares and weights, and count slower statements as added, read or write', () => {
    const reads = [taking(read, 10, 1, 3), taking(read, 1, 2, 1)];
    expect(balance(reads, [taking(write, 1, 3)])).toMatchObject({
      beforeMs: { point: 600 * 10 + 200 + 200 },
      savedMs: { point: 600 * 9 },
      addedMs: { point: 200 + 200 * 2 },
      netMs: { point: 5400 - 600 },
    });
  });

  test('leave out statements without a weight', () => {
    const [reads, writes] = [[taking(read, 10, 1)], [taking(write, 1, 2)]];
    expect(balance([...reads, taking(read, 99, 1, 0)], [...writes, taking(write, 1, 99, 0)])).toEqual(
      balance(reads, writes),
    );
  });

  test('are not judged without the reads, or the writes, that the mix asks for', () => {
    expect(balance([], [taking(write, 1, 2)])).toBeUndefined();
    expect(balance([taking(read, 2, 1)], [])).toBeUndefined();
    expect(balance([taking(read, 2, 1)], [taking(write, 1, 2, 0)])).toBeUndefined();
  });

  test('include the difference between two identical copies for reads, and nothing else where all pairs agree', () => {
    const { netMs } = balance([taking(read, 10, 1)], [taking(write, 1, 2)]) ?? {};
    expect(netMs).toMatchObject({
      point: 7000,
      low: expect.closeTo(7000 - 800 * 0.05, 6) as number,
      high: expect.closeTo(7000 + 800 * 0.05, 6) as number,
    });
  });
});

describe('the break-even', () => {
  const point = (readAfter: number, writeAfter: number) => {
    const { breakEven } = balance([taking(read, 10, readAfter)], [taking(write, 10, writeAfter)]) ?? {};
    return breakEven && 'writeShare' in breakEven
      ? [breakEven.state, breakEven.writeShare.point]
      : breakEven?.state;
  };

  test('is the share of writes at which saved and added are equal', () => {
    expect(point(1, 11)).toEqual(['saves below', 0.9]);
    expect(point(11, 1)).toEqual(['saves above', expect.closeTo(0.1, 10)]);
  });

  test('is missing where reads and writes change in the same direction', () => {
    expect(point(1, 1)).toBe('saves at every share');
    expect(point(11, 11)).toBe('saves at no share');
  });

  test('may be anywhere where no change is certain', () => {
    const unsure = <Row extends MeasuredRead | MeasuredWrite>(row: Row): Row => ({
      ...taking(row, 10, 10),
      pairs: pairs(10, 10, (ordinal) => (ordinal % 2 === 0 ? 0.9 : 1 / 0.9)),
    });
    expect(balance([unsure(read)], [unsure(write)])?.breakEven).toEqual({ state: 'anywhere' });
  });
});

/**
 * If intervals miss in 1 of 20 runs, 37 or more of 400 simulated runs miss in fewer than 1 of 1,000 such tests. A
 * simulated run has six statements of 20 pairs each; their logarithms are normal around no difference.
 */
describe.each([
  ['of their own', 0],
  ['that all statements share', 1],
])('the interval, for errors %s', (_, shared) => {
  test('misses the true value no more often than stated', () => {
    const normal = normalDraws(`balance ${shared}`);
    const [RUNS, MOST_MISSES] = [400, 36];
    let misses = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const noise = () => Array.from({ length: 20 }, () => 10 * Math.exp(0.035 * normal()));
      const common = { before: noise(), after: noise() };
      const noisy = <Row extends MeasuredRead | MeasuredWrite>(row: Row): Row => {
        const { before, after } = shared ? common : { before: noise(), after: noise() };
        const block = (medianMs = NaN) => ({ medianMs, executions: 3 });
        return {
          ...taking(row, 10, 10),
          pairs: before.map((beforeMs, at) => ({
            first: 'before',
            before: block(beforeMs),
            after: block(after[at]),
          })),
        };
      };
      const { netMs } =
        balance(
          [1, 2, 3].map(() => noisy(read)),
          [1, 2, 3].map(() => noisy(write)),
        ) ?? {};
      if (!netMs || netMs.low > 0 || netMs.high < 0) misses += 1;
    }
    expect(misses).toBeLessThanOrEqual(MOST_MISSES);
  });
});
