import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf, rootOf } from './relations.ts';

/** Bytes on disk of one table; `tableBytes` includes TOAST, free space map and visibility map. */
interface TableBytes {
  tableBytes: number;
  indexBytes: number;
}

/** A table or materialized view with its partitions, which are a part of its figures. */
export interface TableSize extends TableBytes {
  /** With its schema, unless that is `public`. */
  table: string;
  /** A partitioned index is one. */
  indexes: number;
  partitions: readonly (TableBytes & { table: string })[];
}

const PARTS = `
  SELECT ${relationTextOf('rn', 'r')} AS "table", ${relationTextOf('n', 'c')} AS part,
         r.relkind = 'p' AND c.relkind <> 'p' AS is_partition,
         pg_table_size(c.oid) AS table_bytes, pg_indexes_size(c.oid) AS index_bytes,
         (SELECT count(*) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
          WHERE x.indrelid = c.oid AND NOT i.relispartition) AS indexes
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class r ON r.oid = ${rootOf('c.oid')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace AND ${isUserSchema('rn')}
  WHERE c.relkind IN ('r', 'p', 'm')`;

const TABLES = `
  SELECT "table", sum(table_bytes) AS "tableBytes", sum(index_bytes) AS "indexBytes", sum(indexes) AS indexes,
         coalesce(json_agg(json_build_object('table', part, 'tableBytes', table_bytes, 'indexBytes', index_bytes)
                           ORDER BY part) FILTER (WHERE is_partition), '[]') AS partitions
  FROM (${PARTS}) AS parts
  GROUP BY "table"
  ORDER BY "table"`;

/** Every table and materialized view outside PostgreSQL's own schemas. */
export async function tableSizes(connection: Connection): Promise<TableSize[]> {
  const rows = await askCatalog<Record<keyof TableSize, string>>(connection, TABLES);
  return rows.map(({ table, tableBytes, indexBytes, indexes, partitions }) => ({
    table,
    tableBytes: Number(tableBytes),
    indexBytes: Number(indexBytes),
    indexes: Number(indexes),
    partitions: JSON.parse(partitions) as TableSize['partitions'],
  }));
}
