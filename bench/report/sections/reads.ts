import type { Baseline } from '../../model/arm.ts';
import { milliseconds, ratio } from '../../model/quantity.ts';
import type { ReadResult, Result } from '../../model/result.ts';
import { noteNumbers, notesOf, type Note } from '../notes.ts';
import { LEGEND, VERDICT_MARKS } from '../verdict-mark.ts';
import { left, right, type Column, type Section, type Table } from './section.ts';

const FIGURES: readonly Column[] = [
  right('before'),
  right('after'),
  right('speedup'),
  left('95 % interval'),
  left(''),
];
const PLAN = left('plan after (before)');

/**
 * How much room there is: baselines side by side and plans beside them, a table for each baseline, or plans in
 * a table of their own, too.
 */
export type Layout = 'side by side' | 'stacked' | 'narrow';

/** What the candidate does for reads. */
export function readsSection(result: Result, layout: Layout): Section {
  const { baselines } = result.run;
  const groups = layout === 'side by side' ? [baselines] : baselines.map((baseline) => [baseline]);
  const tables = groups
    .map((group) => readsTable(result, group))
    .filter(({ rows }) => rows.length > 0)
    .flatMap((table) => (layout === 'narrow' ? plansApart(table) : [table]));
  return { title: 'Reads', tables, remarks: tables.length > 0 ? [LEGEND] : [] };
}

function plansApart({ caption, columns, rows }: Table): Table[] {
  const plan = columns.length - 1;
  return [
    { caption, columns: columns.slice(0, plan), rows: rows.map((row) => row.slice(0, plan)) },
    {
      caption: undefined,
      columns: [left('read'), PLAN],
      rows: rows.map((row) => [row[0] ?? '', row[plan] ?? '']),
    },
  ];
}

function readsTable(result: Result, baselines: readonly Baseline[]): Table {
  const notes = notesOf(result);
  const isShared = baselines.length > 1;
  const prefix = (baseline: Baseline) => (column: Column) =>
    isShared && column.heading === 'before' ? { ...column, heading: `${baseline}: before` } : column;
  const ids = [...new Set(result.reads.map(({ id }) => id))];
  const rowsOf = (id: string) =>
    baselines.map((baseline) => result.reads.find((r) => r.id === id && r.baseline === baseline));
  return {
    caption: isShared ? undefined : baselines[0],
    columns: [left('read'), ...baselines.flatMap((baseline) => FIGURES.map(prefix(baseline))), PLAN],
    rows: ids
      .map(rowsOf)
      .filter((found) => found.some(Boolean))
      .map((found) => tableRow(found, notes)),
  };
}

/** The plans shown are those of the baseline whose plan before says most: one that read an index, if any. */
function tableRow(found: readonly (ReadResult | undefined)[], notes: readonly Note[]): string[] {
  const known = found.filter((read) => read !== undefined);
  const telling =
    known.find((read) => read.state === 'measured' && read.plans.before.indexes.length > 0) ?? known[0];
  return [
    known[0]?.title ?? '',
    ...found.flatMap((read) => figures(read, notes)),
    telling ? planChange(telling) : '',
  ];
}

function figures(read: ReadResult | undefined, notes: readonly Note[]): string[] {
  if (!read) return ['', '', '', '', ''];
  if (read.state === 'failed') return ['', '', '', read.error.message, VERDICT_MARKS.failed];
  const { point, interval } = ratio(read.estimate);
  return [
    milliseconds(read.before.durationMs.point),
    milliseconds(read.after.durationMs.point),
    point,
    interval,
    `${VERDICT_MARKS[read.verdict]} ${noteNumbers(read, notes)}`.trim(),
  ];
}

function planChange(read: ReadResult): string {
  if (read.state === 'failed') return '';
  const { before, after, changed } = read.plans;
  const name = (indexes: readonly string[]): string =>
    indexes.length > 0 ? indexes.join(' + ') : 'no index';
  return changed ? `${name(after.indexes)} (${name(before.indexes)})` : `unchanged: ${name(after.indexes)}`;
}
