import type { Baseline } from '../../model/arm.ts';
import { overhead, significant } from '../../model/quantity.ts';
import type { Result, WriteResult } from '../../model/result.ts';
import { failuresOf, notesOf, type Note } from '../notes.ts';
import { legend, standingCell, standingHeading } from '../verdict-mark.ts';
import { decimal, left, right, type Layout, type Section, type Table } from './section.ts';

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
  const notes = notesOf(result);
  return {
    caption: baseline,
    columns: [
      left('write'),
      decimal('before', 'ms'),
      decimal('after', 'ms'),
      right('overhead'),
      left('95 % interval'),
      left(standingHeading(layout)),
    ],
    rows: result.writes
      .filter((write) => write.baseline === baseline)
      .map((write) => tableRow(write, notes, layout)),
  };
}

function tableRow(write: WriteResult, notes: readonly Note[], layout: Layout): string[] {
  if (write.state === 'failed') return [write.title, '', '', '', '', standingCell(write, notes, layout)];
  const { point, interval } = overhead(write.estimate);
  return [
    write.title,
    significant(write.before.durationMs.point),
    significant(write.after.durationMs.point),
    point,
    interval,
    standingCell(write, notes, layout),
  ];
}
