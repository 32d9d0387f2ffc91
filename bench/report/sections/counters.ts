import type { Baseline } from '../../model/arm.ts';
import type { ReadCounters } from '../../model/counters.ts';
import { count } from '../../format/quantity.ts';
import type { MeasuredRead } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import {
  left,
  right,
  rowTitle,
  tablePerBaseline,
  type Column,
  type Layout,
  type Section,
  type Table,
} from './section.ts';

/** A count of PostgreSQL, and its name. */
const FIGURES: readonly { heading: string; of: (counters: ReadCounters) => number | undefined }[] = [
  { heading: 'blocks', of: ({ sharedBlocks }) => sharedBlocks },
  { heading: 'temp blocks', of: ({ tempBlocks }) => tempBlocks },
  { heading: 'heap fetches', of: ({ heapFetches }) => heapFetches },
  { heading: 'index searches', of: ({ indexSearches }) => indexSearches },
];

/** The counts of one execution of each read, before and after: exact, however busy the machine is. */
export function countersSection(result: Result, layout: Layout): Section {
  const tables = tablePerBaseline(result, (baseline) => countersTable(result, baseline, layout));
  return {
    title: 'Reads, counted',
    tables,
    remarks: ['exact counts of one execution that is not timed; blocks of 8 kB, shared hit + read'],
  };
}

function countersTable(result: Result, baseline: Baseline, layout: Layout): Table {
  const reads = result.reads.filter(
    (read) => read.state === 'measured' && read.baseline === baseline,
  ) as MeasuredRead[];
  const columns = FIGURES.flatMap(({ heading }): Column[] => [
    { ...right('before'), group: heading },
    { ...right('after'), group: heading },
  ]);
  return {
    caption: baseline,
    columns: [left('read'), right('rows'), ...columns],
    rows: reads.map(({ title, counters: { before, after } }) => [
      rowTitle(title, layout),
      count(after.rows),
      ...FIGURES.flatMap(({ of }) => [figure(of(before)), figure(of(after))]),
    ]),
  };
}

const figure = (value: number | undefined): string => (value === undefined ? '' : count(value));
