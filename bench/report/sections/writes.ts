import type { Baseline } from '../../model/arm.ts';
import { walGrowth } from '../../model/counters.ts';
import { hotShares } from '../../model/hot-loss.ts';
import { changeText, hotText, overhead } from '../../format/quantity.ts';
import type { WriteResult } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { failuresOf, notesOf } from '../notes.ts';
import { legend } from '../verdict-mark.ts';
import {
  lastColumnsApart,
  left,
  right,
  standsApart,
  tablePerBaseline,
  type Layout,
  type Section,
  type Table,
} from './section.ts';
import { imagesRemark } from './write-counters.ts';
import { timeCells, timeColumns, type TimeStyle } from './times.ts';

const COUNTS = [right('WAL'), left('HOT')];

/** The cost of the candidate for writes. */
export function writesSection(result: Result, layout: Layout): Section {
  const tables = tablePerBaseline(result, (baseline) => writesTable(result, baseline, layout)).flatMap(
    (table) => (standsApart(layout) ? lastColumnsApart(table, COUNTS.length) : [table]),
  );
  return {
    title: 'Writes',
    tables,
    remarks: [
      ...legend(result.writes, layout),
      `WAL: growth of the bytes that one execution writes, ${imagesRemark(result)}, counted exactly`,
      'HOT: share of updates that changed no index, before -> after',
      ...failuresOf(result.writes),
    ],
  };
}

function writesTable(result: Result, baseline: Baseline, layout: Layout): Table {
  const style: TimeStyle = { heading: 'overhead', ratio: overhead, layout, notes: notesOf(result) };
  return {
    caption: baseline,
    columns: [left('write'), ...timeColumns(style), ...COUNTS],
    rows: result.writes
      .filter((write) => write.baseline === baseline)
      .map((write) => [write.title, ...timeCells(write, style), walGrowthText(write), hotChange(write)]),
  };
}

/** "+45.0 %": growth of WAL bytes, counted exactly. */
export function walGrowthText(write: WriteResult): string {
  const growth = write.state === 'measured' && write.counters ? walGrowth(write.counters) : undefined;
  return growth === undefined ? '' : changeText(growth);
}

/** "97.3 % -> 0.0 %": share of updates that changed no index, before and after. */
export function hotChange(write: WriteResult): string {
  const shares = write.state === 'measured' && write.counters ? hotShares(write.counters) : undefined;
  return shares ? hotText(shares) : '';
}
