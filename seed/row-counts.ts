import { isCopied, type TableSource } from '../bench/model/dataset.ts';
import { canonicalRelation } from '../bench/model/relation.ts';

/** A table that got more rows than the scale asked for. */
export interface RaisedTable {
  table: string;
  from: number;
  to: number;
  reason: string;
}

/** The rows of each table at a scale, and the tables that a minimum raised. */
export function rowCounts(
  tables: readonly TableSource[],
  scale: number,
): { rowsOf: (table: string) => number; raised: RaisedTable[] } {
  const raised = tables.flatMap((table) => raisedTable(table, scale));
  const raisedTo = new Map(raised.map(({ table, to }) => [table, to]));
  const rows = new Map(
    tables.map((table) => [
      canonicalRelation(table.name),
      raisedTo.get(table.name) ?? askedRows(table, scale),
    ]),
  );
  return { rowsOf: (table) => rows.get(canonicalRelation(table)) ?? 0, raised };
}

const askedRows = (table: TableSource, scale: number): number =>
  isCopied(table) ? table.rows : Math.max(1, Math.round(table.rowsAtScaleOne * scale));

function raisedTable(table: TableSource, scale: number): RaisedTable[] {
  const from = askedRows(table, scale);
  if (isCopied(table) || !table.minimum || from >= table.minimum.rows) return [];
  const { rows: to, reason } = table.minimum;
  return [{ table: table.name, from, to, reason }];
}
