import type { Baseline } from '../../model/arm.ts';
import { overhead } from '../../format/quantity.ts';
import type { MeasuredRead } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import type { Times } from '../../model/times.ts';
import { left, rowTitle, tablePerBaseline, type Layout, type Section, type Table } from './section.ts';
import { ratioCells, ratioColumns } from './times.ts';

/** The planning time of each read: with more indexes the planner compares more paths. A cluster plans twice. */
export function planningSection(result: Result, layout: Layout): Section {
  const isDistributed = result.reads.some((read) => read.state === 'measured' && read.taskPlanning);
  const tables = (timesOf: (read: MeasuredRead) => Times | undefined, where: string): Table[] =>
    tablePerBaseline(result, (baseline) => planningTable(result, baseline, layout, { timesOf, where }));
  return {
    title: 'Reads, planned',
    tables: [
      ...tables(({ planning }) => planning, isDistributed ? ', on the coordinator' : ''),
      ...tables(({ taskPlanning }) => taskPlanning, ', a task on its node'),
    ],
    remarks: [
      'EXPLAIN reports planning times to 0.001 ms; they are measured in pairs, apart from the executions',
      ...(isDistributed
        ? ['the coordinator finds the shards of a query, and each of its tasks is planned again on its node']
        : []),
    ],
  };
}

interface Planned {
  timesOf: (read: MeasuredRead) => Times | undefined;
  /** Behind the baseline in the caption. */
  where: string;
}

function planningTable(
  { reads }: Result,
  baseline: Baseline,
  layout: Layout,
  { timesOf, where }: Planned,
): Table {
  const rows = reads.flatMap((read) => {
    const times = read.state === 'measured' && read.baseline === baseline && timesOf(read);
    return times ? [[rowTitle(read.title, layout), ...ratioCells(times, overhead)]] : [];
  });
  return { caption: `${baseline}${where}`, columns: [left('read'), ...ratioColumns('overhead')], rows };
}
