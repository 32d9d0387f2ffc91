import { escapeIdentifier } from 'pg';
import type { Connection } from './connection.ts';

/** One index of the database, as the catalog describes it. */
export interface CatalogIndex {
  name: string;
  table: string;
  /** As `pg_get_indexdef` prints it. */
  definition: string;
  bytes: number;
  /** False for what an interrupted CREATE INDEX CONCURRENTLY leaves behind. */
  valid: boolean;
}

const INDEXES = `
  SELECT i.relname AS name, t.relname AS "table", pg_get_indexdef(i.oid) AS definition,
         pg_relation_size(i.oid) AS bytes, x.indisvalid AS valid
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid
  WHERE t.relnamespace = 'public'::regnamespace
  ORDER BY t.relname, i.relname`;

/** Every index of the schema `public`, by table and name. */
export async function listIndexes(connection: Connection): Promise<CatalogIndex[]> {
  const { rows } =
    await connection.query<Record<'name' | 'table' | 'definition' | 'bytes' | 'valid', string>>(INDEXES);
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), valid: row.valid === 't' }));
}

const SECONDARY_INDEXES = `
  SELECT i.relname AS name
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  WHERE i.relnamespace = 'public'::regnamespace AND NOT x.indisunique AND NOT x.indisprimary
  ORDER BY i.relname`;

/** Leaves primary keys, unique indexes and foreign keys only: the baseline `bare`. */
export async function dropSecondaryIndexes(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(SECONDARY_INDEXES);
  if (rows.length === 0) return;
  await connection.query(`DROP INDEX ${rows.map(({ name }) => escapeIdentifier(name)).join(', ')}`);
}

/** Bytes on disk of one table; `tableBytes` includes TOAST, free space map and visibility map. */
export interface TableSize {
  table: string;
  tableBytes: number;
  indexBytes: number;
  indexes: number;
}

const TABLE_SIZES = `
  SELECT c.relname AS "table", pg_table_size(c.oid) AS "tableBytes", pg_indexes_size(c.oid) AS "indexBytes",
         (SELECT count(*) FROM pg_index x WHERE x.indrelid = c.oid) AS indexes
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  ORDER BY c.relname`;

export async function tableSizes(connection: Connection): Promise<TableSize[]> {
  const { rows } = await connection.query<Record<keyof TableSize, string>>(TABLE_SIZES);
  return rows.map(({ table, tableBytes, indexBytes, indexes }) => ({
    table,
    tableBytes: Number(tableBytes),
    indexBytes: Number(indexBytes),
    indexes: Number(indexes),
  }));
}
