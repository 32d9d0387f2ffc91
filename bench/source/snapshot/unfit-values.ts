import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf } from '../../database/relations.ts';
import { canonicalRelation } from '../../model/relation.ts';
import type { ColumnStatistics, Snapshot } from '../../model/snapshot.ts';
import { attempt } from './attempt.ts';

/** The types of a column's values, of their elements where they are arrays, and of the bounds of ranges. */
interface ColumnTypes {
  table: string;
  column: string;
  value: string;
  element: string | null;
  range: string | null;
}

/** Of domains the types that they stand on: fakes know nothing of a CHECK. */
const TYPES = `
  WITH RECURSIVE standing (type, at, next) AS (
    SELECT oid, oid, typbasetype FROM pg_type
    UNION ALL SELECT standing.type, t.oid, t.typbasetype FROM standing JOIN pg_type t ON t.oid = standing.next),
  base AS (SELECT type, at AS oid FROM standing WHERE next = 0)
  SELECT ${relationTextOf('n', 'c')} AS "table", a.attname AS "column", format_type(element.oid, -1) AS element,
         coalesce(format_type(element.oid, -1) || '[]', format_type(value.oid, -1)) AS value,
         format_type(coalesce(r.rngtypid, CASE WHEN t.typtype = 'r' THEN t.oid END), -1) AS range
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN base AS value ON value.type = a.atttypid
  JOIN pg_type t ON t.oid = value.oid
  LEFT JOIN pg_type listed ON listed.typarray = t.oid
  LEFT JOIN base AS element ON element.type = listed.oid
  LEFT JOIN pg_range r ON r.rngmultitypid = t.oid
  WHERE c.relkind IN ('r', 'p')`;

/**
 * Values in the statistics of columns that are none of the column's type, a sentence for each column. The server is asked: the database has
 * the tables.
 */
export async function unfitValues(connection: Connection, { tables }: Snapshot): Promise<string[]> {
  const rows = await askCatalog<ColumnTypes>(connection, TYPES);
  const typesOf = new Map(rows.map((row) => [nameOf(row.table, row.column), row]));
  const unfit: string[] = [];
  await connection.query('BEGIN');
  for (const { name: table, columns } of tables)
    for (const { name: column, statistics } of columns) {
      const types = typesOf.get(nameOf(canonicalRelation(table), column));
      const why = types && statistics && (await refusalOf(connection, types, statistics));
      if (why !== undefined) unfit.push(`statistics of ${table}.${column}: ${why}`);
    }
  await connection.query('ROLLBACK');
  return unfit;
}

const nameOf = (table: string, column: string): string => JSON.stringify([table, column]);

/** What the server says of the first value that is none of its type. */
async function refusalOf(
  connection: Connection,
  types: ColumnTypes,
  statistics: ColumnStatistics,
): Promise<string | undefined> {
  for (const { type, values } of typedValues(types, statistics)) {
    if (type === null || values.length === 0) continue;
    const tried = await attempt(connection, {}, () =>
      connection.query(`SELECT count(value::${type}) FROM unnest($1::text[]) AS value`, [values]),
    );
    if (tried.state === 'refused') return tried.message;
  }
  return undefined;
}

const typedValues = (
  { value, element, range }: ColumnTypes,
  { mostCommon, bounds, elements, ranges }: ColumnStatistics,
): { type: string | null; values: string[] }[] => [
  { type: value, values: [...mostCommon.map((one) => one.value), ...bounds] },
  { type: element, values: elements?.mostCommon.map((one) => one.value) ?? [] },
  { type: range, values: ranges?.bounds ?? [] },
];
