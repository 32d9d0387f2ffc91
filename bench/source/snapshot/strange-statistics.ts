import { parse, type Node } from 'libpg-query';
import { relationText } from '../../model/relation.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { as, type Held } from '../statements/parameters/tree.ts';

/** The columns of a table that its CREATE names, and the tables that it has others from. */
interface CreatedTable {
  columns: ReadonlySet<string>;
  parents: readonly string[];
}

/** What a snapshot says of tables and columns that its schema does not have, a sentence each. One of psql has no schema. */
export async function strangeStatistics({ schema, tables, fanOuts }: Snapshot): Promise<string[]> {
  if (schema.beforeRows === '') return [];
  const parsed = await parse(schema.beforeRows).catch((error: unknown) => error as Error);
  if (parsed instanceof Error) return [`schema.beforeRows: not SQL: ${parsed.message}`];
  const created = createdTables((parsed.stmts ?? []).flatMap(({ stmt }) => stmt ?? []));
  const missing = (table: string, columns: readonly string[], what: string): string[] => {
    if (!created.has(table)) return [`${what} ${table}: the schema has no such table`];
    return columns
      .filter((column) => !hasColumn(created, table, column))
      .map((column) => `${what} ${table}.${column}: the schema has no such column`);
  };
  return [
    ...tables.flatMap(({ name, columns }) =>
      missing(
        name,
        columns.map((column) => column.name),
        'statistics of',
      ),
    ),
    ...fanOuts.flatMap(({ table, columns }) => missing(table, columns, 'fan-out of')),
    ...fanOuts.flatMap(({ refersTo, referredColumns }) => missing(refersTo, referredColumns, 'fan-out to')),
  ];
}

function hasColumn(created: ReadonlyMap<string, CreatedTable>, table: string, column: string): boolean {
  const found = created.get(table);
  if (!found) return false;
  return found.columns.has(column) || found.parents.some((parent) => hasColumn(created, parent, column));
}

function createdTables(statements: readonly Node[]): Map<string, CreatedTable> {
  const created = new Map<string, CreatedTable>();
  for (const statement of statements) {
    const table = as('CreateStmt', statement);
    if (table)
      created.set(nameOf(table.relation), {
        columns: new Set((table.tableElts ?? []).flatMap((one) => as('ColumnDef', one)?.colname ?? [])),
        parents: (table.inhRelations ?? []).map((parent) => nameOf(as('RangeVar', parent))),
      });
  }
  return created;
}

const nameOf = (range: Held<'RangeVar'> | undefined): string =>
  relationText({ schema: range?.schemaname ?? 'public', name: range?.relname ?? '' });
