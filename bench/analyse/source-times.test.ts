import { expect, test } from 'vitest';
import type { Result } from '../model/result.ts';
import { sampleResult } from '../report/sample-result.fixture.ts';
import { sourceTimes, otherWork } from './source-times.ts';

const sample = sampleResult();
const measured = sample.reads.filter((row) => row.state === 'measured');
const [read] = measured.filter(({ baseline }) => baseline === sample.run.baselines[0]);
if (!read) throw new Error('the sample has no read');
const { sql } = read;
const here = (read.server ?? read).before.durationMs.point;

/** The sample, read from a source in which a call took so long. */
const timesOf = (meanMs: number, reads: Result['reads'] = [read]) =>
  sourceTimes({
    ...sample,
    reads,
    source: {
      ...{ postgresVersion: '15.1', readAt: '2026-11-27T10:00:00.000Z', schemaBy: 'catalog' },
      ...{ tables: [], leftOut: [] },
      statements: { observed: 1, replayed: 1, share: 1, leftOut: [], times: [{ sql, meanMs }] },
    },
  });

test('a statement that takes about as long as in the source does the same work', () => {
  const times = timesOf(here * 2);
  expect(times).toMatchObject([{ sql, meanMs: here * 2, isUnlike: false }]);
  expect(otherWork(times)).toEqual([]);
});

test('one that takes far less, or far longer, is named as other work', () => {
  expect(timesOf(here * 10 + 10)).toMatchObject([{ isUnlike: true }]);
  expect(otherWork(timesOf(here * 10 + 10))[0]?.cause).toMatch(/^1 of 1 statement takes over 5 times/);
});

test('what a difference of planning could explain is not other work', () => {
  const quick = { ...read, before: times(0.3), server: undefined };
  expect(timesOf(0.02, [quick])).toMatchObject([{ isUnlike: false }]);
  expect(timesOf(0.02, [{ ...quick, before: times(3) }])).toMatchObject([{ isUnlike: true }]);
});

test('the keys of a statement are taken together, each as often as it weighs', () => {
  const keys = [
    { ...read, weight: 3, before: times(1), server: undefined },
    { ...read, weight: 1, before: times(5), server: undefined },
  ];
  expect(timesOf(2, keys)[0]?.hereMs).toMatchObject({ point: 2, low: 1.8, high: 2.2 });
});

function times(ms: number): NonNullable<typeof read>['before'] {
  const estimate = { ...read?.before.durationMs, point: ms, low: ms * 0.9, high: ms * 1.1 };
  return { ...read?.before, durationMs: estimate } as NonNullable<typeof read>['before'];
}
