import { expect, test } from 'vitest';
import { randomFor } from '../../../seed/random.ts';
import type { Growth, SweepPoint } from '../../model/sweep.ts';
import { indexGrowths } from './index-growths.ts';
import { pointsAt, ROWS_AT_SCALE_ONE } from './sweep-points.fixture.ts';

const SETTINGS = { maintenance_work_mem: '256MB', shared_buffers: '1GB' };
const at = (rows: number) => ({ rowsOf: () => rows, settings: SETTINGS });

/** A fixed part of 2 ms, and so much for each row; `share` of it grows as a sort does. */
const duration = (rows: number, share: number): number =>
  2 + 0.001 * rows * (1 - share + (share * Math.log2(rows)) / 16);

const fitted = (growth: Growth | undefined) => {
  if (growth?.state !== 'fitted') throw new Error(JSON.stringify(growth));
  return growth;
};

/** Builds of one index at these scales, each with a relative error. */
const sweepOf = (scales: readonly number[], share: number, error: () => number): SweepPoint[] =>
  pointsAt(
    Object.fromEntries(
      scales.map((scale) => [
        scale,
        { builds: [duration(scale * ROWS_AT_SCALE_ONE, share) * Math.exp(error())] },
      ]),
    ),
  );

test('bytes that grow as their rows do are predicted exactly, however far', () => {
  const points = sweepOf([1, 5, 10], 0, () => 0);
  const { predicted } = fitted(indexGrowths(points, at(1e8))[0]?.bytes);
  expect(predicted?.point).toBeCloseTo(8192 + 20e8, 0);
  expect(predicted?.high).toBeCloseTo(8192 + 20e8, 0);
});

test('of builds that have a 3 % error, the interval of four scales holds 95 of 100 builds at five times the largest', () => {
  const random = randomFor(7, 'growth');
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let within = 0;
  for (let trial = 0; trial < 400; trial++) {
    const share = random();
    const points = sweepOf([1, 3, 10, 30], share, () => 0.03 * gauss());
    const rows = 150 * ROWS_AT_SCALE_ONE;
    const { predicted } = fitted(indexGrowths(points, at(rows))[0]?.build);
    const truth = duration(rows, share) * Math.exp(0.03 * gauss());
    if (predicted && predicted.low <= truth && truth <= predicted.high) within += 1;
  }
  expect(within).toBeGreaterThanOrEqual(370);
});

test('the largest scale is predicted from the others', () => {
  const { check } = fitted(
    indexGrowths(
      sweepOf([1, 3, 10, 30], 0, () => 0),
      undefined,
    )[0]?.bytes,
  );
  expect(check).toMatchObject({ rows: 30_000, measured: 8192 + 600_000 });
  expect(check?.predicted).toBeCloseTo(8192 + 600_000, 0);
});

test('two scales say nothing of how far a prediction may be off', () => {
  const growth = fitted(
    indexGrowths(
      sweepOf([1, 10], 0, () => 0),
      at(1e6),
    )[0]?.build,
  );
  expect(growth).toEqual({ state: 'fitted' });
});

test('an index whose table has the same rows at every scale is not predicted', () => {
  const points = pointsAt({ 1: { builds: [3] }, 2: { builds: [3] } });
  const copied = points.map((point) => ({ ...point, tables: [{ table: 'orders', rows: 7, bytes: 8192 }] }));
  expect(indexGrowths(copied, at(7))[0]?.build).toEqual({
    state: 'not fitted',
    reason: 'its table has the same rows at every scale',
  });
});

test('a partial index sorts few of the rows', () => {
  const points = sweepOf([1, 5, 10], 0, () => 0).map((point) => ({
    ...point,
    indexes: point.indexes.map((index) => ({ ...index, bytes: index.bytes / 40 })),
  }));
  expect(indexGrowths(points, at(1e7))[0]?.crosses).toEqual([]);
  expect(
    indexGrowths(
      sweepOf([1, 5, 10], 0, () => 0),
      at(1e7),
    )[0]?.crosses,
  ).toHaveLength(1);
});

test('a prediction beyond what fits in memory says so', () => {
  const [growth] = indexGrowths(
    sweepOf([1, 5, 10], 0, () => 0),
    at(1e8),
  );
  expect(growth?.crosses).toEqual([
    'its sort no longer fits maintenance_work_mem (256MB)',
    'its table no longer fits shared_buffers (1GB)',
  ]);
});
