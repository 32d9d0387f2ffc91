import type { Baseline } from '../../model/arm.ts';
import { ratio, significant } from '../../format/quantity.ts';
import { inSentence } from '../../format/plain-text.ts';
import { executionText } from '../../format/execution-text.ts';
import { recallText } from '../../format/recall-text.ts';
import type { ReadResult } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { failuresOf, notesOf } from '../notes.ts';
import { legend } from '../verdict-mark.ts';
import {
  lastColumnsApart,
  left,
  right,
  rowTitle,
  standsApart,
  type Column,
  type Layout,
  type Section,
  type Table,
} from './section.ts';
import { showsServer, timeCells, timeColumns, type TimeStyle } from './times.ts';

const PLAN = 'plan after (before)';
const NO_INDEX = 'no\u00a0index';

/** What the candidate does for reads. */
export function readsSection(result: Result, layout: Layout): Section {
  const { baselines } = result.run;
  const groups = layout === 'side by side' ? [baselines] : baselines.map((baseline) => [baseline]);
  const tables = groups
    .map((group) => readsTable(result, group, layout))
    .filter(({ rows }) => rows.length > 0)
    .flatMap((table) => (standsApart(layout) ? lastColumnsApart(table, 1) : [table]));
  return {
    title: 'Reads',
    tables,
    remarks: [...legend(result.reads, layout), ...recallRemarks(result.reads), ...failuresOf(result.reads)],
  };
}

/** For each read that may answer approximately, also where it did not. */
export const recallRemarks = (reads: readonly ReadResult[]): string[] =>
  reads.flatMap((read) =>
    read.state === 'measured' && read.answers.recall
      ? [`${inSentence(read.title)} on ${read.baseline}: ${recallText(read.answers.recall)}`]
      : [],
  );

function readsTable(result: Result, baselines: readonly Baseline[], layout: Layout): Table {
  const style: TimeStyle = { heading: 'speedup', ratio, layout, notes: notesOf(result) };
  const isShared = baselines.length > 1;
  const figuresOf = (baseline: Baseline): Column[] =>
    [...timeColumns(style), ...(showsServer(layout) ? [right('blocks read')] : [])].map((column) =>
      isShared ? { ...column, group: baseline } : column,
    );
  const shown = planBaseline(baselines);
  const ids = [...new Set(result.reads.map(({ id }) => id))];
  const rowsOf = (id: string) =>
    baselines.map((baseline) => result.reads.find((r) => r.id === id && r.baseline === baseline));
  const planColumn = left(isShared ? `${PLAN} on ${shown}` : PLAN);
  return {
    caption: isShared ? undefined : baselines[0],
    columns: [left('read'), ...baselines.flatMap(figuresOf), planColumn],
    rows: ids
      .map(rowsOf)
      .filter((found) => found.some(Boolean))
      .map((found) => tableRow(found, shown, style)),
  };
}

/** The baseline whose plans are shown where there is room for one: the one that may have had an index before. */
export const planBaseline = (baselines: readonly Baseline[]): Baseline =>
  baselines.find((baseline) => baseline === 'shipped') ?? baselines[0] ?? 'bare';

function tableRow(found: readonly (ReadResult | undefined)[], planOf: Baseline, style: TimeStyle): string[] {
  const known = found.filter((read) => read !== undefined);
  const planned = known.find(({ baseline }) => baseline === planOf);
  return [
    rowTitle(known[0]?.title ?? '', style.layout),
    ...found.flatMap((read) => [
      ...timeCells(read, style),
      ...(showsServer(style.layout) ? [blocksRatio(read)] : []),
    ]),
    planned ? planChange(planned) : '',
  ];
}

/** "27.3x": how many times as many blocks it reads before. No machine changes that. */
function blocksRatio(read: ReadResult | undefined): string {
  if (read?.state !== 'measured') return '';
  const { before, after } = read.counters;
  return after.sharedBlocks > 0 ? `${significant(before.sharedBlocks / after.sharedBlocks)}x` : '';
}

/** "ix_new (ix_old)": the indexes that the plan reads after, and before; on a cluster also how it is carried out. */
export function planChange(read: ReadResult): string {
  if (read.state === 'failed') return '';
  const { before, after, changed } = read.plans;
  const name = (indexes: readonly string[]): string => (indexes.length > 0 ? indexes.join(' + ') : NO_INDEX);
  const use = changed
    ? `${name(after.indexes)} (${name(before.indexes)})`
    : `unchanged: ${name(after.indexes)}`;
  return after.distributed ? `${use}; ${executionText(after.distributed)}` : use;
}
