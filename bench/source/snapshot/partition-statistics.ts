import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf, rootOf } from '../../database/relations.ts';
import type { ColumnStatistics } from '../../model/snapshot.ts';
import { statisticsJson } from './column-statistics.ts';
import { together, type Part } from './statistics-together.ts';

/** Statistics of the partitions of one partitioned table, each with its rows. */
const leavesQuery = (major: number): string => `
  SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, coll.name AS collation,
         json_agg(json_build_object('rows', greatest(leaf.reltuples, 0), 'statistics', ${statisticsJson(major)}) ORDER BY leaf.oid) AS parts
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  JOIN pg_class leaf ON leaf.relkind = 'r' AND leaf.relispartition AND ${rootOf('leaf.oid')} = c.oid
  JOIN pg_namespace ln ON ln.oid = leaf.relnamespace
  JOIN pg_stats s ON s.schemaname = ln.nspname AND s.tablename = leaf.relname AND s.attname = a.attname AND NOT s.inherited
  LEFT JOIN LATERAL (
    SELECT format('%I.%I', cn.nspname, co.collname) AS name
    FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation) AS coll ON true
  WHERE ${relationTextOf('n', 'c')} = $1
  GROUP BY a.attnum, a.attname, a.atttypid, coll.name`;

/** What the statistics of its partitions say of a partitioned table that was not analysed itself, by the column. */
export async function statisticsOfPartitions(
  connection: Connection,
  table: string,
  major: number,
): Promise<Map<string, ColumnStatistics>> {
  type Row = Record<'name' | 'type' | 'parts', string> & { collation: string | null };
  const columns = await askCatalog<Row>(connection, leavesQuery(major), [table]);
  const found = new Map<string, ColumnStatistics>();
  for (const { name, type, collation, parts: written } of columns) {
    const parts = JSON.parse(written) as Part[];
    const sort = (values: readonly string[]) => sorted(connection, values, type, collation);
    const merged = await together(parts, sort);
    if (merged) found.set(name, merged);
  }
  return found;
}

/** In the order of their type, with the places that they had. */
async function sorted(
  connection: Connection,
  values: readonly string[],
  type: string,
  collation: string | null,
): Promise<number[]> {
  const order = collation === null ? '' : ` COLLATE ${collation}`;
  const { rows } = await connection.query<{ places: string }>(
    `SELECT json_agg(place - 1 ORDER BY value::${type}${order}, place) AS places
     FROM unnest($1::text[]) WITH ORDINALITY AS given (value, place)`,
    [values],
  );
  return JSON.parse(rows[0]?.places ?? '[]') as number[];
}
