import type { Baseline } from '../../model/arm.ts';
import { milliseconds, overhead } from '../../model/quantity.ts';
import type { Result, WriteResult } from '../../model/result.ts';
import { noteNumbers, notesOf, type Note } from '../notes.ts';
import { LEGEND, VERDICT_MARKS } from '../verdict-mark.ts';
import { left, right, type Section, type Table } from './section.ts';

/** What the candidate costs writes. */
export function writesSection(result: Result): Section {
  const tables = result.run.baselines
    .map((baseline) => writesTable(result, baseline))
    .filter(({ rows }) => rows.length > 0);
  return { title: 'Writes', tables, remarks: tables.length > 0 ? [LEGEND] : [] };
}

function writesTable(result: Result, baseline: Baseline): Table {
  const notes = notesOf(result);
  return {
    caption: baseline,
    columns: [
      left('write'),
      right('before'),
      right('after'),
      right('overhead'),
      left('95 % interval'),
      left(''),
    ],
    rows: result.writes.filter((write) => write.baseline === baseline).map((write) => tableRow(write, notes)),
  };
}

function tableRow(write: WriteResult, notes: readonly Note[]): string[] {
  if (write.state === 'failed') return [write.title, '', '', '', write.error.message, VERDICT_MARKS.failed];
  const { point, interval } = overhead(write.estimate);
  return [
    write.title,
    milliseconds(write.before.durationMs.point),
    milliseconds(write.after.durationMs.point),
    point,
    interval,
    `${VERDICT_MARKS[write.verdict]} ${noteNumbers(write, notes)}`.trim(),
  ];
}
