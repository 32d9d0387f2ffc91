import type { Baseline } from '../../model/arm.ts';
import type { Result } from '../../model/result.ts';
import { inSentence } from '../../format/plain-text.ts';

export interface Column {
  heading: string;
  /** `decimal`: the points of a column's figures stand under one another where the format can do that. */
  align: 'left' | 'right' | 'decimal';
  /** Of every figure in the column, which then have none of their own. */
  unit?: string;
  /** Stands once over the columns next to each other that share it. */
  group?: string;
}

/** A table before any format: text cells, nothing escaped. */
export interface Table {
  /** What sets it apart from the other tables of its section; undefined for an only one. */
  caption: string | undefined;
  columns: readonly Column[];
  rows: readonly (readonly string[])[];
}

/** One part of a report, the same in every format. */
export interface Section {
  title: string;
  tables: readonly Table[];
  /** Stands under the tables. */
  remarks: readonly string[];
}

/**
 * How much room there is: on a page, for everything; on a screen, for the baselines side by side, for a table for
 * each, for such a table with the plans in another one, or for the most important columns only.
 */
export type Layout = 'page' | 'side by side' | 'stacked' | 'plans apart' | 'narrow';

export const left = (heading: string): Column => ({ heading, align: 'left' });
export const right = (heading: string): Column => ({ heading, align: 'right' });
export const decimal = (heading: string, unit: string): Column => ({ heading, align: 'decimal', unit });

/** Whether the columns that say why stand in a table of their own, under the one with the times. */
export const standsApart = (layout: Layout): boolean => layout === 'narrow' || layout === 'plans apart';

/** The same in two tables, under the same first column: the last columns are in the second. */
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

/** A title as the first cell of a row. */
export const rowTitle = (title: string, layout: Layout): string =>
  layout === 'page' ? inSentence(title) : title;

/** A table for each baseline that has something to show in it. */
export const tablePerBaseline = ({ run }: Result, tableOf: (baseline: Baseline) => Table): Table[] =>
  run.baselines.map(tableOf).filter(({ rows }) => rows.length > 0);
