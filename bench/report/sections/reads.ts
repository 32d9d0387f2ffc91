import type { Baseline } from '../../model/arm.ts';
import { milliseconds, ratio } from '../../model/quantity.ts';
import type { ReadResult, Result } from '../../model/result.ts';
import { failuresOf, noteNumbers, notesOf, type Note } from '../notes.ts';
import { legend, standingText } from '../verdict-mark.ts';
import { left, right, type Column, type Layout, type Section, type Table } from './section.ts';

const FIGURES: readonly Column[] = [
  right('before'),
  right('after'),
  right('speedup'),
  left('95 % interval'),
  left(''),
];
const PLAN = left('plan after (before)');

/** What the candidate does for reads. */
export function readsSection(result: Result, layout: Layout): Section {
  const { baselines } = result.run;
  const groups = layout === 'side by side' ? [baselines] : baselines.map((baseline) => [baseline]);
  const tables = groups
    .map((group) => readsTable(result, group, layout))
    .filter(({ rows }) => rows.length > 0)
    .flatMap((table) => (layout === 'narrow' ? plansApart(table) : [table]));
  return { title: 'Reads', tables, remarks: [...legend(layout), ...failuresOf(result.reads)] };
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

function readsTable(result: Result, baselines: readonly Baseline[], layout: Layout): Table {
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
      .map((found) => tableRow(found, notes, layout)),
  };
}

/** The plans shown are those of the baseline whose plan before says most: one that read an index, if any. */
function tableRow(
  found: readonly (ReadResult | undefined)[],
  notes: readonly Note[],
  layout: Layout,
): string[] {
  const known = found.filter((read) => read !== undefined);
  const telling =
    known.find((read) => read.state === 'measured' && read.plans.before.indexes.length > 0) ?? known[0];
  return [
    known[0]?.title ?? '',
    ...found.flatMap((read) => figures(read, notes, layout)),
    telling ? planChange(telling) : '',
  ];
}

function figures(read: ReadResult | undefined, notes: readonly Note[], layout: Layout): string[] {
  if (!read) return ['', '', '', '', ''];
  if (read.state === 'failed') return ['', '', '', '', standingText('failed', layout)];
  const { point, interval } = ratio(read.estimate);
  return [
    milliseconds(read.before.durationMs.point),
    milliseconds(read.after.durationMs.point),
    point,
    interval,
    `${standingText(read.verdict, layout)} ${noteNumbers(read, notes)}`.trim(),
  ];
}

function planChange(read: ReadResult): string {
  if (read.state === 'failed') return '';
  const { before, after, changed } = read.plans;
  const name = (indexes: readonly string[]): string =>
    indexes.length > 0 ? indexes.join(' + ') : 'no index';
  return changed ? `${name(after.indexes)} (${name(before.indexes)})` : `unchanged: ${name(after.indexes)}`;
}
