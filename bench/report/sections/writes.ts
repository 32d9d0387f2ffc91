import type { Baseline } from '../../model/arm.ts';
import { overhead } from '../../model/quantity.ts';
import type { Result } from '../../model/result.ts';
import { failuresOf, notesOf } from '../notes.ts';
import { legend } from '../verdict-mark.ts';
import { left, type Layout, type Section, type Table } from './section.ts';
import { timeCells, timeColumns, type TimeStyle } from './times.ts';

/** What the candidate costs writes. */
export function writesSection(result: Result, layout: Layout): Section {
  const tables = result.run.baselines
    .map((baseline) => writesTable(result, baseline, layout))
    .filter(({ rows }) => rows.length > 0);
  return {
    title: 'Writes',
    tables,
    remarks: [...legend(result.writes, layout), ...failuresOf(result.writes)],
  };
}

function writesTable(result: Result, baseline: Baseline, layout: Layout): Table {
  const style: TimeStyle = { heading: 'overhead', ratio: overhead, layout, notes: notesOf(result) };
  return {
    caption: baseline,
    columns: [left('write'), ...timeColumns(style)],
    rows: result.writes
      .filter((write) => write.baseline === baseline)
      .map((write) => [write.title, ...timeCells(write, style)]),
  };
}
