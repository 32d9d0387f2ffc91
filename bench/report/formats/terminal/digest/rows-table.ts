import type { Baseline } from '../../../../model/arm.ts';
import type { Row } from '../../../notes.ts';
import type { Column, Table } from '../../../sections/section.ts';
import { timeCells, timeColumns, type TimeStyle } from '../../../sections/times.ts';

/** A column after the columns of the baselines. */
export interface LastColumn<Shown extends Row> {
  column: Column;
  /** @param rows one statement on the baselines of the table */
  cellOf: (rows: readonly Shown[]) => string;
}

/** One row for each statement; the times of each baseline are under its name. The unit is at the top left, once. */
export function rowsTable<Shown extends Row>(
  title: string,
  rows: readonly Shown[],
  baselines: readonly Baseline[],
  style: TimeStyle,
  last: readonly LastColumn<Shown>[],
): Table {
  const ids = [...new Set(rows.map(({ id }) => id))];
  const found = ids
    .map((id) => baselines.map((baseline) => rows.find((row) => row.id === id && row.baseline === baseline)))
    .filter((statement) => statement.some(Boolean));
  return {
    caption: undefined,
    columns: [
      { heading: 'times in ms', align: 'left', group: title },
      ...baselines.flatMap((baseline) => timesOn(baseline, style)),
      ...last.map(({ column }) => column),
    ],
    rows: found.map((statement) => {
      const known = statement.filter((row) => row !== undefined);
      return [
        known[0]?.title ?? '',
        ...statement.flatMap((row) => timeCells(row, style)),
        ...last.map(({ cellOf }) => cellOf(known)),
      ];
    }),
  };
}

const timesOn = (baseline: Baseline, style: TimeStyle): Column[] =>
  timeColumns(style).map(({ heading, align }) => ({ heading, align, group: baseline }));
