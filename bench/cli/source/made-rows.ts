import type { Snapshot, SnapshotTable } from '../../model/snapshot.ts';
import type { TableChoice } from '../../source/chosen-tables.ts';
import type { FilledTable } from '../../source/copy-tables.ts';
import type { Inspection } from '../../source/inspection.ts';
import type { SnapshotFile } from '../../source/snapshot/read-snapshot.ts';

/** What the rows of a suite are made of, and how many of them. */
interface MadeRows {
  /** Of the tables that the suite fills. */
  snapshot: Snapshot;
  tables: FilledTable[];
  scale: number;
}

/** Rows of the chosen tables, as many as their statistics say, or fewer where they would take more than is wanted. */
export function madeRows(
  { snapshot }: SnapshotFile,
  { tables }: Pick<Inspection, 'tables'>,
  { mostBytes }: TableChoice,
): MadeRows {
  const names = new Set(tables.map(({ name }) => name));
  const filled = snapshot.tables.filter(({ name }) => names.has(name));
  const scale = Math.min(1, Number((mostBytes / bytesOf(filled)).toPrecision(2)));
  const rowsOf = new Map(filled.map(({ name, rows }) => [name, rows]));
  return {
    snapshot: { ...snapshot, tables: filled },
    scale,
    tables: tables.map((table) => {
      const rows = rowsOf.get(table.name) ?? 0;
      return { table: { ...table, rows }, rows: Math.round(rows * scale) };
    }),
  };
}

const PAGE_BYTES = 8192;

const bytesOf = (tables: readonly SnapshotTable[]): number =>
  Math.max(
    1,
    tables.reduce((sum, { pages }) => sum + pages * PAGE_BYTES, 0),
  );
