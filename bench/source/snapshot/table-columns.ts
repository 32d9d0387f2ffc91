import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf } from '../../database/relations.ts';
import type { SnapshotColumn } from '../../model/snapshot.ts';
import { isOwnRelation } from '../schema/catalog-sql.ts';
import { asTheyAre, statisticsJson, type AsTexts } from './column-statistics.ts';

/** SQL: the columns of every table, as JSON. Statistics of a partitioned table are those of all its partitions together. */
export const columnsQuery = (major: number, asTexts: AsTexts = asTheyAre): string => `
  SELECT ${relationTextOf('n', 'c')} AS "table",
         json_agg(json_strip_nulls(json_build_object(
           'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
           'baseType', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
           'labels', (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
           'isNotNull', a.attnotnull,
           'statistics', ${statisticsJson(major, asTexts)})) ORDER BY a.attnum) AS columns
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
    AND s.inherited = (c.relkind = 'p')
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  GROUP BY 1`;

/** The columns of every table that are stored, by the table. */
export async function columnsOfTables(
  connection: Connection,
  major: number,
): Promise<Map<string, SnapshotColumn[]>> {
  const rows = await askCatalog<Record<'table' | 'columns', string>>(connection, columnsQuery(major));
  return new Map(rows.map(({ table, columns }) => [table, JSON.parse(columns) as SnapshotColumn[]]));
}
