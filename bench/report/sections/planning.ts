import type { Baseline } from '../../model/arm.ts';
import { overhead, significant } from '../../model/quantity.ts';
import type { Result } from '../../model/result.ts';
import { decimal, left, right, rowTitle, type Layout, type Section, type Table } from './section.ts';

/** What planning each read takes: more indexes are more to choose from. */
export function planningSection(result: Result, layout: Layout): Section {
  const tables = result.run.baselines
    .map((baseline) => planningTable(result, baseline, layout))
    .filter(({ rows }) => rows.length > 0);
  return {
    title: 'Reads, planned',
    tables,
    remarks: ['planning times are those that EXPLAIN reports, taken in pairs apart from the executions'],
  };
}

function planningTable({ reads }: Result, baseline: Baseline, layout: Layout): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline || !read.planning) return [];
    const { before, after, estimate } = read.planning;
    const { point, interval } = overhead(estimate);
    const durations = [before, after].map(({ durationMs }) => significant(durationMs.point));
    return [[rowTitle(read.title, layout), ...durations, point, interval]];
  });
  const columns = [left('read'), decimal('before', 'ms'), decimal('after', 'ms')];
  return { caption: baseline, columns: [...columns, right('overhead'), left('95 % interval')], rows };
}
