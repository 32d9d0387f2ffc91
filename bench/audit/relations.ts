import type { AuditFinding } from '../model/audit.ts';

/** SQL: CONCURRENTLY, where PostgreSQL accepts it: not for a partitioned table or index. */
export const concurrently = (kind: string): string =>
  `CASE WHEN ${kind} IN ('p', 'I') THEN '' ELSE ' CONCURRENTLY' END`;

/**
 * SQL: the lock of DROP INDEX where it cannot be concurrent; NULL elsewhere (PostgreSQL manual, "DROP INDEX": an
 * index on a partitioned table cannot be dropped concurrently).
 */
export const dropLock = (kind: string): string =>
  `CASE WHEN ${kind} = 'I' THEN 'it is partitioned: DROP INDEX locks the table and all partitions (ACCESS EXCLUSIVE), and waits for their users' END`;

/**
 * SQL: the lock of CREATE INDEX on a partitioned table, and how to avoid it (PostgreSQL manual, "CREATE INDEX",
 * "Building Indexes Concurrently").
 */
export const createLock = (kind: string): string =>
  `CASE WHEN ${kind} = 'p' THEN 'it is partitioned: CREATE INDEX blocks writes to all partitions (SHARE) until all are built; to let writes go on, CREATE INDEX ON ONLY this table, then CONCURRENTLY on each partition, then ALTER INDEX ... ATTACH PARTITION' END`;

/** A finding as its query returns it. */
export type FindingRow = Record<keyof AuditFinding, string>;

export const toFinding = ({ what, bytes, why, statement }: FindingRow): AuditFinding => ({
  what,
  bytes: Number(bytes),
  why,
  statement,
});
