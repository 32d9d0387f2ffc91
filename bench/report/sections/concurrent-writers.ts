import { count, overhead } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { left, right, type Section } from './section.ts';

/** Throughput of several writers at once. */
export function concurrentWritersSection({ concurrency }: Result): Section {
  const rows = concurrency.map(({ title, baseline, writers, before, after, estimate }) => {
    const { point, interval } = overhead(estimate);
    const perSecond = (ms: number): string => count(Math.round(1000 / ms));
    return [
      title,
      baseline,
      String(writers),
      perSecond(before.durationMs.point),
      perSecond(after.durationMs.point),
      point,
      interval,
    ];
  });
  const columns = [
    left('write'),
    left('baseline'),
    right('writers'),
    right('before, per s'),
    right('after, per s'),
    right('time a write'),
    left('95 % interval'),
  ];
  return {
    title: 'Concurrent writers',
    tables: rows.length > 0 ? [{ caption: undefined, columns, rows }] : [],
    remarks: ['every session commits each write by itself; server and harness may use all their cores here'],
  };
}
