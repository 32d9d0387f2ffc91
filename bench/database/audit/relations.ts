import type { AuditFinding } from '../../model/audit.ts';

/** SQL: is the schema, a row of `pg_namespace`, one of the user's? Sessions' temporary schemas are not. */
export const isUserSchema = (schema: string): string =>
  `${schema}.nspname !~ '^pg_' AND ${schema}.nspname <> 'information_schema'`;

/** SQL: bytes of a relation, with those of its partitions. */
export const bytesOf = (oid: string): string =>
  `coalesce((SELECT sum(pg_relation_size(part.relid)) FROM pg_partition_tree(${oid}) AS part),
            pg_relation_size(${oid}), 0)`;

/** SQL: CONCURRENTLY, where PostgreSQL accepts it: not for a partitioned table or index. */
export const concurrently = (kind: string): string =>
  `CASE WHEN ${kind} IN ('p', 'I') THEN '' ELSE ' CONCURRENTLY' END`;

/** A finding as its query returns it. */
export type FindingRow = Record<keyof AuditFinding, string>;

export const toFinding = ({ what, bytes, why, statement }: FindingRow): AuditFinding => ({
  what,
  bytes: Number(bytes),
  why,
  statement,
});
