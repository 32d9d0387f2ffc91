import type { AuditOutcome } from '../model/audit.ts';
import type { Connection } from '../database/connection.ts';
import { bytesOf, isUserSchema } from '../database/relations.ts';
import { concurrently, dropLock, toFinding, type FindingRow } from './relations.ts';
import { servesForeignKey } from './unindexed-foreign-keys.ts';

/**
 * PostgreSQL does not record when an index was created. It is known how many transactions wrote since its catalog
 * entry; an index with few of them is reported as new.
 */
const NEW_TRANSACTIONS = 10_000;

/** A partitioned index is used when one of its partitions is; its partitions cannot be dropped alone. */
const UNUSED = `
  SELECT format('%I.%I', n.nspname, i.relname) AS what, ${bytesOf('i.oid')} AS bytes,
         concat_ws('; ',
           format('no scan of %I.%I used it', n.nspname, t.relname),
           CASE WHEN age(x.xmin) BETWEEN 0 AND ${NEW_TRANSACTIONS}
             THEN format('created or changed %s transaction%s ago: perhaps too new to have been used',
                         age(x.xmin), CASE age(x.xmin) WHEN 1 THEN '' ELSE 's' END) END,
           'keep it if rows are deleted from what this refers to: foreign key ' || f.names,
           ${dropLock('i.relkind')}) AS why,
         format('DROP INDEX%s %I.%I;', ${concurrently('i.relkind')}, n.nspname, i.relname) AS statement
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace
  JOIN pg_am m ON m.oid = i.relam
  CROSS JOIN LATERAL (
    SELECT string_agg(c.conname, ', ' ORDER BY c.conname) AS names FROM pg_constraint c
    WHERE c.contype = 'f' AND ${servesForeignKey('x', 'm', 'c')}
  ) f
  WHERE ${isUserSchema('n')} AND x.indisvalid AND NOT i.relispartition
    AND NOT x.indisunique AND NOT x.indisprimary AND NOT x.indisexclusion AND NOT x.indisreplident
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u', 'x'))
    AND pg_stat_get_numscans(i.oid) = 0
    AND NOT EXISTS (SELECT FROM pg_partition_tree(i.oid) AS part WHERE pg_stat_get_numscans(part.relid) > 0)
  ORDER BY 2 DESC, 1`;

const STATISTICS_SINCE = `
  SELECT to_char(stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since,
         floor(extract(epoch FROM now() - stats_reset) / 86400) AS days
  FROM pg_stat_database WHERE datname = current_database()`;

/** Three months: this covers jobs that run once a quarter. */
const MONTHS_TO_WAIT = 3;

/** Indexes that no scan has used and nothing depends on. */
export async function unusedIndexes(connection: Connection): Promise<AuditOutcome> {
  const { rows } = await connection.query<FindingRow>(UNUSED);
  if (rows.length === 0) return { state: 'checked', findings: [], notes: [] };
  const age = await connection.query<{ since: string | null; days: string | null }>(STATISTICS_SINCE);
  const { since = null, days = null } = age.rows[0] ?? {};
  return { state: 'checked', findings: rows.map(toFinding), notes: [meaning(since, days)] };
}

function meaning(since: string | null, days: string | null): string {
  const wait = `Drop one after ${MONTHS_TO_WAIT} months without a scan, and look at the replicas, which count their own scans.`;
  return since === null || days === null
    ? `"Unused" means since these statistics began, which is unknown: they were never reset. ${wait}`
    : `"Unused" means since ${since}, when these statistics began, ${days} days ago. ${wait}`;
}
