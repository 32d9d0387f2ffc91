import type { Baseline } from '../../model/arm.ts';
import type { Result } from '../../model/result.ts';
import { inSentence } from '../../format/plain-text.ts';

export interface Column {
  heading: string;
  /** `decimal`: aligns the decimal points of a column where the format can. */
  align: 'left' | 'right' | 'decimal';
  /** The unit of every figure in the column; its cells then have none. */
  unit?: string;
  /** A heading over the adjacent columns that share it. */
  group?: string;
}

/** A table before any format: text cells, nothing escaped. */
export interface Table {
  /** What distinguishes it from the other tables of its section; undefined for a single one. */
  caption: string | undefined;
  columns: readonly Column[];
  rows: readonly (readonly string[])[];
}

/** One part of a report, the same in every format. */
export interface Section {
  title: string;
  tables: readonly Table[];
  /** Remarks under the tables. */
  remarks: readonly string[];
  /** For a shell: asks for the same again. */
  again?: string;
}

/**
 * How much room there is. A page has room for everything. A screen shows the baselines side by side, or one table
 * each, or one table each with the plans in another, or only the most important columns.
 */
export type Layout = 'page' | 'side by side' | 'stacked' | 'plans apart' | 'narrow';

export const left = (heading: string): Column => ({ heading, align: 'left' });
export const right = (heading: string): Column => ({ heading, align: 'right' });
export const decimal = (heading: string, unit: string): Column => ({ heading, align: 'decimal', unit });

/** Whether the columns with reasons are in a second table, under the one with the times. */
export const standsApart = (layout: Layout): boolean => layout === 'narrow' || layout === 'plans apart';

/** The same in two tables with the same first column: the last columns are in the second table. */
export function lastColumnsApart({ caption, columns, rows }: Table, count: number): Table[] {
  const split = columns.length - count;
  const lastOf = <Cell>([title, ...others]: readonly Cell[]): Cell[] => [
    ...(title === undefined ? [] : [title]),
    ...others.slice(split - 1),
  ];
  return [
    { caption, columns: columns.slice(0, split), rows: rows.map((row) => row.slice(0, split)) },
    { caption: undefined, columns: lastOf(columns), rows: rows.map(lastOf) },
  ];
}

/** The title: the first cell of a row. */
export const rowTitle = (title: string, layout: Layout): string =>
  layout === 'page' ? inSentence(title) : title;

/** A table for each baseline that has rows. */
export const tablePerBaseline = ({ run }: Result, tableOf: (baseline: Baseline) => Table): Table[] =>
  run.baselines.map(tableOf).filter(({ rows }) => rows.length > 0);
