import { parse, type Node } from 'libpg-query';
import { canonicalRelation, relationText } from '../../model/relation.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { as, type Held } from '../statements/parameters/tree.ts';

/** The columns of a table that its CREATE names, and the tables that it has others from. */
interface CreatedTable {
  columns: ReadonlySet<string>;
  parents: readonly string[];
}

/** What no ANALYZE finds, and what is said of tables and columns that the schema does not have, a sentence each. */
export const strangeStatistics = async (snapshot: Snapshot): Promise<string[]> => [
  ...repeated(snapshot),
  ...impossible(snapshot),
  ...impossibleFanOuts(snapshot),
  ...(await unknownToSchema(snapshot)),
];

function repeated({ tables }: Snapshot): string[] {
  const twice = (names: readonly string[]): string[] => [
    ...new Set(names.filter((name, at) => names.indexOf(name) < at)),
  ];
  return [
    ...twice(tables.map(({ name }) => canonicalRelation(name))).map(
      (name) => `table ${name}: it is there twice`,
    ),
    ...tables.flatMap(({ name, columns }) =>
      twice(columns.map((column) => column.name)).map(
        (column) => `column ${name}.${column}: it is there twice`,
      ),
    ),
  ];
}

/** Rows that a page of 8 kB has at most (PostgreSQL, src/include/access/htup_details.h, MaxHeapTuplesPerPage). */
const MOST_ROWS_OF_PAGE = 291;

/** Of shares, which are written with single precision. */
const ROUNDING = 0.01;

function impossible({ tables }: Snapshot): string[] {
  return tables.flatMap(({ name, rows, pages, columns }) => [
    ...(pages > 0 && rows > pages * MOST_ROWS_OF_PAGE
      ? [`rows of ${name}: ${pages} pages have no room for ${rows}`]
      : []),
    ...columns.flatMap(({ name: column, statistics }) => {
      const { nullShare = 0, mostCommon = [] } = statistics ?? {};
      const sum = mostCommon.reduce((so, { share }) => so + share, nullShare);
      return sum > 1 + ROUNDING
        ? [`statistics of ${name}.${column}: its shares are ${sum.toPrecision(3)} together, and 1 is all`]
        : [];
    }),
  ]);
}

/** Rows are an estimate, and may be more in truth. Pages are not. */
function impossibleFanOuts({ tables, fanOuts }: Snapshot): string[] {
  const pagesOf = new Map(tables.map(({ name, pages }) => [canonicalRelation(name), pages]));
  return fanOuts.flatMap(({ table, columns, children }) => {
    const pages = pagesOf.get(canonicalRelation(table)) ?? Infinity;
    const most = children.reduce((so, count) => Math.max(so, count), 0);
    return most > pages * MOST_ROWS_OF_PAGE
      ? [
          `fan-out of ${table} (${columns.join(', ')}): ${pages} pages have no room for ${most} rows that refer to one`,
        ]
      : [];
  });
}

/** A snapshot of psql has no schema. */
async function unknownToSchema({ schema, tables, fanOuts }: Snapshot): Promise<string[]> {
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
