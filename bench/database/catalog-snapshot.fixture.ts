import type { Connection } from './connection.ts';

const SNAPSHOT = `
  SELECT 'column' AS kind, c.relname AS name,
         a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
           || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS definition
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
  UNION ALL
  SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
  ORDER BY 1, 2, 3`;

/** Every column, constraint and index of the schema, as text: equal for equal schemas. */
export async function catalogSnapshot(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ kind: string; name: string; definition: string }>(SNAPSHOT);
  return rows.map(({ kind, name, definition }) => `${kind} ${name}: ${definition}`);
}
