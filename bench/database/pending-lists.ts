import { DatabaseError } from 'pg';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { beginWithExtension } from './own-database.ts';
import { isUserSchema, relationTextOf, rootOf } from './relations.ts';

/** A GIN index with the parts that it has: itself, or its partitions. */
export interface GinIndex {
  /** As the catalog lists indexes. */
  name: string;
  oids: readonly string[];
}

/** Only the owner may clean a pending list. */
const GIN_INDEXES = `
  SELECT ${relationTextOf('n', 'r')} AS name, array_to_json(array_agg(i.oid ORDER BY i.oid)) AS oids
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid AND i.relkind = 'i' AND pg_has_role(i.relowner, 'USAGE')
  JOIN pg_am m ON m.oid = i.relam AND m.amname = 'gin'
  JOIN pg_class r ON r.oid = ${rootOf('i.oid')}
  JOIN pg_namespace n ON n.oid = r.relnamespace AND ${isUserSchema('n')}
  WHERE x.indisvalid
  GROUP BY 1 ORDER BY 1`;

/** The GIN indexes that this role may clean. */
export async function listGinIndexes(connection: Connection): Promise<GinIndex[]> {
  const rows = await askCatalog<Record<'name' | 'oids', string>>(connection, GIN_INDEXES);
  return rows.map(({ name, oids }) => ({ name, oids: (JSON.parse(oids) as unknown[]).map(String) }));
}

/**
 * Moves the entries of an index's pending list into the index itself, as VACUUM does (PostgreSQL manual, 9.28.8 and
 * "GIN Fast Update Technique").
 *
 * @returns pages that the list had
 */
export async function cleanPendingList(connection: Connection, { oids }: GinIndex): Promise<number> {
  let pages = 0;
  for (const oid of oids) {
    const { rows } = await connection.query<{ pages: string }>(CLEAN, [oid]);
    pages += Number(rows[0]?.pages);
  }
  return pages;
}

const CLEAN = `SELECT pg_catalog.gin_clean_pending_list($1::pg_catalog.oid::pg_catalog.regclass) AS pages`;

/** Of all GIN indexes: a read that finds a pending list scans all of it. */
export async function cleanPendingLists(connection: Connection): Promise<void> {
  for (const index of await listGinIndexes(connection)) await cleanPendingList(connection, index);
}

const PENDING_ROWS = `
  SELECT coalesce(sum((pgstatginindex(oid::regclass)).pending_tuples), 0) AS rows FROM unnest($1::oid[]) AS oid`;

/**
 * The rows whose entries wait in the pending list of an index.
 *
 * @param admin a superuser's session, in which nothing is left behind
 * @returns undefined where pgstattuple is not available
 */
export async function pendingRows(admin: Connection, { oids }: GinIndex): Promise<number | undefined> {
  if (!(await beginWithExtension(admin, 'pgstattuple'))) return undefined;
  try {
    const { rows } = await admin.query<{ rows: string }>(PENDING_ROWS, [oids]);
    return Number(rows[0]?.rows);
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  } finally {
    await admin.query('ROLLBACK');
  }
}

const BYTES = `SELECT sum(pg_relation_size(oid)) AS bytes FROM unnest($1::oid[]) AS oid`;

export async function bytesOfIndex(connection: Connection, { oids }: GinIndex): Promise<number> {
  const rows = await askCatalog<{ bytes: string }>(connection, BYTES, [oids]);
  return Number(rows[0]?.bytes);
}
