import type { Connection } from '../../database/connection.ts';
import { isUserSchema, relationTextOf } from '../../database/relations.ts';

/** A foreign key between two tables; of partitioned ones the key of the whole. */
export interface ForeignKey {
  name: string;
  table: string;
  columns: readonly string[];
  refersTo: string;
  referredColumns: readonly string[];
}

const columns = (relation: string, numbers: string): string => `
  (SELECT json_agg(a.attname ORDER BY k.ordinal)
   FROM unnest(${numbers}) WITH ORDINALITY AS k (number, ordinal)
   JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number)`;

/** SQL: what FROM takes: a foreign key is not inherited, and partitions are parts of their table. */
const rowsOf = (relation: string): string =>
  `CASE ${relation}.relkind WHEN 'r' THEN 'ONLY ' ELSE '' END || ${relation}.oid::regclass`;

/** SQL: a row for a `ForeignKey`, its columns as JSON, and what FROM takes for both tables. */
export const FOREIGN_KEYS = `
  SELECT con.conname AS name, ${relationTextOf('n', 'c')} AS "table", ${columns('con.conrelid', 'con.conkey')} AS columns,
         ${relationTextOf('rn', 'r')} AS "refersTo", ${columns('con.confrelid', 'con.confkey')} AS "referredColumns",
         ${rowsOf('c')} AS "rows", ${rowsOf('r')} AS "referredRows"
  FROM pg_constraint con
  JOIN pg_class c ON c.oid = con.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  JOIN pg_class r ON r.oid = con.confrelid
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE con.contype = 'f' AND con.conparentid = 0
  ORDER BY 2, 1`;

export async function foreignKeys(connection: Connection): Promise<ForeignKey[]> {
  const { rows } = await connection.query<Record<keyof ForeignKey, string>>(FOREIGN_KEYS);
  return rows.map(({ name, table, columns, refersTo, referredColumns }) => ({
    name,
    table,
    columns: JSON.parse(columns) as string[],
    refersTo,
    referredColumns: JSON.parse(referredColumns) as string[],
  }));
}
