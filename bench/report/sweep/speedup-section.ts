import { count, ratio, significant } from '../../format/quantity.ts';
import { inSentence } from '../../format/plain-text.ts';
import type { Sweep } from '../../model/sweep.ts';
import { left, right, type Layout, type Section, type Table } from '../sections/section.ts';
import { scalesTable } from './scales-table.ts';
import { timedRows, type TimedRow, type TimedSize } from './timed-rows.ts';

export const SPEEDUP_TITLE = 'Speedup by rows';

export const readRows = (sweep: Sweep): TimedRow[] => timedRows(sweep, ({ run }) => run?.reads ?? []);

/** A table for each read on a page; one table with a column for each scale where room is short. */
export function speedupSection(sweep: Sweep, layout: Layout): Section {
  const rows = readRows(sweep);
  if (layout !== 'page') return scalesTable(SPEEDUP_TITLE, rows, sweep, (estimate) => ratio(estimate).point);
  return { title: SPEEDUP_TITLE, tables: rows.map(readTable), remarks: [] };
}

/** "Example 1, top leads, shipped": where more than one read or baseline is shown. */
const rowCaption = ({ title, baseline }: TimedRow): string => `${inSentence(title)}, ${baseline}`;

const readTable = (row: TimedRow): Table => ({
  caption: rowCaption(row),
  columns: [
    left(row.table === undefined ? 'rows' : `rows of ${row.table}`),
    right('scale'),
    { ...right('before'), unit: 'ms' },
    { ...right('after'), unit: 'ms' },
    right('speedup'),
    left('95 % interval'),
    left('verdict'),
    left('indexes of the candidate in its plan'),
  ],
  rows: row.sizes.map(readCells),
});

function readCells({ rows, scale, times, plan }: TimedSize): string[] {
  const size = [rows === undefined ? '' : count(rows), String(scale)];
  const indexes = plan?.candidateIndexes.join(', ') ?? '';
  if (times.state === 'failed') return [...size, '', '', '', '', `failed: ${times.error.message}`, indexes];
  const { beforeMs, afterMs, estimate, verdict, isNoisy } = times;
  const { point, interval } = ratio(estimate);
  return [
    ...size,
    significant(beforeMs),
    significant(afterMs),
    point,
    interval,
    isNoisy ? `${verdict}, noisy` : verdict,
    indexes,
  ];
}
