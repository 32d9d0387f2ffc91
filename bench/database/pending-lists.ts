import { DatabaseError } from 'pg';
import { askEachNode } from './cluster/each-node.ts';
import { listShards, wholeOf } from './cluster/shards.ts';
import type { Connection } from './connection.ts';
import { beginWithExtension } from './own-database.ts';
import { isUserSchema, relationTextOf, rootOf } from './relations.ts';

/** A GIN index with the parts that it has: itself, its partitions, or its shards. */
export interface GinIndex {
  /** As the catalog lists indexes. */
  name: string;
  parts: readonly PartsOnNode[];
}

/** `node` is undefined where one server holds everything. */
interface PartsOnNode {
  node: string | undefined;
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

/** The GIN indexes that this role may clean. On a cluster the coordinator's own, which is empty, is one part. */
export async function listGinIndexes(connection: Connection): Promise<GinIndex[]> {
  const shards = await listShards(connection);
  const indexes = new Map<string, PartsOnNode[]>();
  for (const { node, rows } of await askEachNode<Record<'name' | 'oids', string>>(connection, GIN_INDEXES))
    for (const { name, oids } of rows) {
      const whole = wholeOf(shards, name);
      const part = { node, oids: (JSON.parse(oids) as unknown[]).map(String) };
      indexes.set(whole, [...(indexes.get(whole) ?? []), part]);
    }
  return Array.from(indexes, ([name, parts]) => ({ name, parts }));
}

/**
 * Moves the entries of an index's pending list into the index itself, as VACUUM does (PostgreSQL manual, 9.28.8 and
 * "GIN Fast Update Technique").
 *
 * @returns pages that the list had
 */
export const cleanPendingList = (connection: Connection, index: GinIndex): Promise<number> =>
  sumOverParts(connection, index, CLEAN);

const CLEAN = 'SELECT sum(gin_clean_pending_list(oid::regclass)) AS figure FROM unnest($1::oid[]) AS oid';

/** @param sql of one `figure` for the parts of an index on a node */
async function sumOverParts(connection: Connection, { parts }: GinIndex, sql: string): Promise<number> {
  const answers = await askEachNode<{ figure: string | null }>(connection, sql, (node) => {
    const oids = parts.filter((part) => part.node === node).flatMap((part) => part.oids);
    return [`{${oids.join(',')}}`];
  });
  return answers.flatMap(({ rows }) => rows).reduce((sum, { figure }) => sum + Number(figure ?? 0), 0);
}

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
 * @returns undefined where pgstattuple is not available, and on a cluster, whose other nodes do not see it
 */
export async function pendingRows(admin: Connection, { parts }: GinIndex): Promise<number | undefined> {
  if (parts.some(({ node }) => node !== undefined)) return undefined;
  const oids = parts.flatMap((part) => part.oids);
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

const BYTES = 'SELECT sum(pg_relation_size(oid)) AS figure FROM unnest($1::oid[]) AS oid';

export const bytesOfIndex = (connection: Connection, index: GinIndex): Promise<number> =>
  sumOverParts(connection, index, BYTES);
