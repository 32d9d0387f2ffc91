import type { Snapshot } from '../../model/snapshot.ts';
import type { TableChoice } from '../../source/chosen-tables.ts';
import type { FilledTable } from '../../source/copy-tables.ts';
import type { Inspection } from '../../source/inspection.ts';
import type { SourceTable } from '../../source/source-tables.ts';

/** What the rows of a suite are made of, and how many of them. */
interface MadeRows {
  /** Of the tables that the suite fills. */
  snapshot: Snapshot;
  tables: FilledTable[];
  scale: number;
  /** Of all tables. */
  count: number;
  /** The tables as large as they become. */
  sizes: SourceTable[];
}

/** Rows of the chosen tables, as many as their statistics say, or fewer where they would take more than is wanted. */
export function madeRows(
  snapshot: Snapshot,
  { tables }: Pick<Inspection, 'tables'>,
  { mostBytes }: TableChoice,
): MadeRows {
  const names = new Set(tables.map(({ name }) => name));
  const filled = snapshot.tables.filter(({ name }) => names.has(name));
  const bytes = Math.max(1, sumOf(tables, 'bytes'));
  const scale = Math.min(1, Number((mostBytes / bytes).toPrecision(2)));
  const sizes = tables.map((table) => ({
    ...table,
    rows: Math.round(table.rows * scale),
    bytes: Math.round(table.bytes * scale),
  }));
  return {
    snapshot: { ...snapshot, tables: filled },
    scale,
    tables: tables.map((table, at) => ({ table, rows: sizes[at]?.rows ?? 0 })),
    count: sumOf(sizes, 'rows'),
    sizes,
  };
}

const sumOf = (tables: readonly SourceTable[], figure: 'rows' | 'bytes'): number =>
  tables.reduce((sum, table) => sum + table[figure], 0);
