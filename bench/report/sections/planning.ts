import type { Baseline } from '../../model/arm.ts';
import { overhead } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { left, rowTitle, tablePerBaseline, type Layout, type Section, type Table } from './section.ts';
import { ratioCells, ratioColumns } from './times.ts';

/** The planning time of each read: with more indexes the planner compares more paths. */
export function planningSection(result: Result, layout: Layout): Section {
  const tables = tablePerBaseline(result, (baseline) => planningTable(result, baseline, layout));
  return {
    title: 'Reads, planned',
    tables,
    remarks: [
      'EXPLAIN reports planning times to 0.001 ms; they are measured in pairs, apart from the executions',
    ],
  };
}

function planningTable({ reads }: Result, baseline: Baseline, layout: Layout): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline || !read.planning) return [];
    return [[rowTitle(read.title, layout), ...ratioCells(read.planning, overhead)]];
  });
  return { caption: baseline, columns: [left('read'), ...ratioColumns('overhead')], rows };
}
