import { right, left, type Section } from '../sections/section.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Sweep, SweptTimes } from '../../model/sweep.ts';
import { markOf, meanings, type Standing } from '../verdict-mark.ts';
import { baselineCells, baselineColumns } from './baseline-column.ts';
import type { TimedRow } from './timed-rows.ts';

/** One row an item, and a column for each scale that was asked for: what it came to, with the mark of its verdict. */
export function scalesTable(
  title: string,
  rows: readonly TimedRow[],
  sweep: Sweep,
  text: (estimate: Estimate) => string,
): Section {
  const cell = (row: TimedRow, scale: number): string => {
    const times = row.sizes.find((size) => size.scale === scale)?.times;
    if (!times) return '';
    return times.state === 'failed' ? markOf('failed') : `${text(times.estimate)} ${markIn(times)}`;
  };
  const columns = [
    left(''),
    ...baselineColumns(sweep),
    ...sweep.scales.map((scale) => right(`scale ${scale}`)),
  ];
  const table = {
    caption: undefined,
    columns,
    rows: rows.map((row) => [
      row.title,
      ...baselineCells(sweep, row),
      ...sweep.scales.map((scale) => cell(row, scale)),
    ]),
  };
  return { title, tables: rows.length > 0 ? [table] : [], remarks: legendOf(rows) };
}

const markIn = ({ verdict, isNoisy }: MeasuredTimes): string =>
  isNoisy ? `(${markOf(verdict)})` : markOf(verdict);

type MeasuredTimes = Extract<SweptTimes, { state: 'measured' }>;

const standingOf = (times: SweptTimes): Standing => (times.state === 'failed' ? 'failed' : times.verdict);

function legendOf(rows: readonly TimedRow[]): string[] {
  const all = rows.flatMap(({ sizes }) => sizes.map(({ times }) => times));
  const marks = meanings(new Set(all.map(standingOf)));
  const isAnyNoisy = all.some((times) => times.state === 'measured' && times.isNoisy);
  return marks.length > 0 ? [[...marks, ...(isAnyNoisy ? ['( ) noisy'] : [])].join('   ')] : [];
}
