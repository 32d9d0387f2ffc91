import type { Baseline } from '../../model/arm.ts';
import type { WriteCounters } from '../../model/counters.ts';
import { overhead, percentText } from '../../model/quantity.ts';
import type { Result, WriteResult } from '../../model/result.ts';
import { failuresOf, notesOf } from '../notes.ts';
import { legend } from '../verdict-mark.ts';
import { left, tablePerBaseline, type Layout, type Section, type Table } from './section.ts';
import { timeCells, timeColumns, type TimeStyle } from './times.ts';

const showsHot = (layout: Layout): boolean => layout !== 'narrow';

/** What the candidate costs writes. */
export function writesSection(result: Result, layout: Layout): Section {
  const tables = tablePerBaseline(result, (baseline) => writesTable(result, baseline, layout));
  return {
    title: 'Writes',
    tables,
    remarks: [
      ...legend(result.writes, layout),
      ...(showsHot(layout) ? ['HOT: how many of the updates left every index alone, before -> after'] : []),
      ...failuresOf(result.writes),
    ],
  };
}

function writesTable(result: Result, baseline: Baseline, layout: Layout): Table {
  const style: TimeStyle = { heading: 'overhead', ratio: overhead, layout, notes: notesOf(result) };
  return {
    caption: baseline,
    columns: [left('write'), ...timeColumns(style), ...(showsHot(layout) ? [left('HOT')] : [])],
    rows: result.writes
      .filter((write) => write.baseline === baseline)
      .map((write) => [
        write.title,
        ...timeCells(write, style),
        ...(showsHot(layout) ? [hotChange(write)] : []),
      ]),
  };
}

/** "97.3 % -> 0.0 %": how many of the updates left every index alone, before and after. */
function hotChange(write: WriteResult): string {
  if (write.state === 'failed' || !write.counters?.after.updates) return '';
  const share = ({ updates }: WriteCounters): string =>
    updates && updates.updates > 0 ? percentText(updates.hotUpdates / updates.updates) : 'none';
  return `${share(write.counters.before)} -> ${share(write.counters.after)}`;
}
