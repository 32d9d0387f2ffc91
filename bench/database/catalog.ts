import { escapeIdentifier } from 'pg';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';

/** One index of the database, as the catalog describes it. */
export interface CatalogIndex {
  name: string;
  table: string;
  /** As `pg_get_indexdef` prints it. */
  definition: string;
  bytes: number;
  /** False for an index that an interrupted CREATE INDEX CONCURRENTLY left behind. */
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
  type Row = Record<'name' | 'table' | 'definition' | 'bytes' | 'valid', string>;
  const rows = await askCatalog<Row>(connection, INDEXES);
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), valid: row.valid === 't' }));
}

const SECONDARY_INDEXES = `
  SELECT i.relname AS name
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  WHERE i.relnamespace = 'public'::regnamespace AND NOT x.indisunique AND NOT x.indisprimary
  ORDER BY i.relname`;

/** Names of the indexes that the baseline `bare` does without. */
export async function secondaryIndexes(connection: Connection): Promise<string[]> {
  const rows = await askCatalog<{ name: string }>(connection, SECONDARY_INDEXES);
  return rows.map(({ name }) => name);
}

/** Drops all indexes but primary keys and unique indexes: the baseline `bare`. */
export async function dropSecondaryIndexes(connection: Connection): Promise<void> {
  const names = await secondaryIndexes(connection);
  if (names.length === 0) return;
  await connection.query(`DROP INDEX ${names.map((name) => `public.${escapeIdentifier(name)}`).join(', ')}`);
}

/** The statement that drops an index of the schema `public`. */
export const dropIndex = (name: string): string => `DROP INDEX public.${escapeIdentifier(name)}`;

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
  const rows = await askCatalog<Record<keyof TableSize, string>>(connection, TABLE_SIZES);
  return rows.map(({ table, tableBytes, indexBytes, indexes }) => ({
    table,
    tableBytes: Number(tableBytes),
    indexBytes: Number(indexBytes),
    indexes: Number(indexes),
  }));
}

const REFERRED_TO = `
  SELECT DISTINCT r.relname AS "table"
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_constraint c ON c.conrelid = x.indrelid AND c.contype = 'f' AND c.conkey[1] = x.indkey[0]
  JOIN pg_class r ON r.oid = c.confrelid
  WHERE i.relnamespace = 'public'::regnamespace AND i.relname = $1`;

/** The tables that the first key of an index refers to. Deleting one of their rows looks for children through it. */
export async function tablesReferredTo(connection: Connection, index: string): Promise<string[]> {
  const rows = await askCatalog<{ table: string }>(connection, REFERRED_TO, [index]);
  return rows.map(({ table }) => table);
}

/** The properties that decide whether an index can replace another. */
export interface IndexKeys {
  name: string;
  table: string;
  bytes: number;
  /** Columns and expressions in order, each with what else decides which conditions an index serves. */
  keys: readonly string[];
  method: string;
  /** Of a partial index; empty for a full one. */
  predicate: string;
  isUnique: boolean;
}

const KEYS = `
  SELECT i.relname AS name, t.relname AS "table", pg_relation_size(i.oid) AS bytes, a.amname AS method,
         coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS predicate, x.indisunique AS unique,
         (SELECT json_agg(pg_get_indexdef(i.oid, n, false) || ' ' || x.indclass[n - 1] || ' ' || x.indcollation[n - 1]
                          ORDER BY n) FROM generate_series(1, x.indnkeyatts) AS n) AS keys
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_am a ON a.oid = i.relam
  WHERE t.relnamespace = 'public'::regnamespace
  ORDER BY i.relname`;

/** The keys of every index of the schema `public`, without directions: a B-tree is read either way. */
export async function listIndexKeys(connection: Connection): Promise<IndexKeys[]> {
  type Row = Record<'name' | 'table' | 'bytes' | 'method' | 'predicate' | 'unique' | 'keys', string>;
  const rows = await askCatalog<Row>(connection, KEYS);
  return rows.map(({ name, table, bytes, method, predicate, unique, keys }) => ({
    name,
    table,
    method,
    predicate,
    bytes: Number(bytes),
    keys: JSON.parse(keys) as string[],
    isUnique: unique === 't',
  }));
}
