import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf } from '../../database/relations.ts';
import type { Snapshot, TableCheck } from '../../model/snapshot.ts';
import { isOwnRelation } from '../schema/catalog-sql.ts';

const TABLES = `
  pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition`;

/** SQL: every `UniqueKey`, its columns as JSON. */
export const UNIQUE_KEYS = `
  SELECT ${relationTextOf('n', 'c')} AS "table", pg_get_expr(i.indpred, c.oid) AS predicate,
         (SELECT json_agg(a.attname ORDER BY part.at)
          FROM unnest(i.indkey[:i.indnkeyatts - 1]) WITH ORDINALITY AS part (number, at)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number) AS columns
  FROM ${TABLES}
  JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique AND 0 <> ALL (i.indkey[:i.indnkeyatts - 1])
  ORDER BY i.indexrelid`;

/** SQL: every `TableCheck`. */
export const CHECKS = `
  SELECT ${relationTextOf('n', 'c')} AS "table", k.conname AS name, pg_get_expr(k.conbin, k.conrelid) AS sql
  FROM ${TABLES}
  JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c'
  ORDER BY k.oid`;

/** What the rows of each table have to satisfy. */
export async function rowRules(connection: Connection): Promise<Pick<Snapshot, 'uniqueKeys' | 'checks'>> {
  const keys = await askCatalog<{ table: string; columns: string; predicate: string | null }>(
    connection,
    UNIQUE_KEYS,
  );
  return {
    uniqueKeys: keys.map(({ table, columns, predicate }) => ({
      table,
      columns: JSON.parse(columns) as string[],
      ...(predicate !== null && { predicate }),
    })),
    checks: await askCatalog<TableCheck>(connection, CHECKS),
  };
}
