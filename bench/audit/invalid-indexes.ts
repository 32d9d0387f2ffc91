import type { AuditOutcome } from '../model/audit.ts';
import type { Connection } from '../database/connection.ts';
import { bytesOf, isUserSchema } from '../database/relations.ts';
import { toFinding, type FindingRow } from './relations.ts';

/** The suffixes of REINDEX CONCURRENTLY: the index that it was to replace still serves reads. */
const INVALID = `
  SELECT format('%I.%I', n.nspname, i.relname) AS what, ${bytesOf('i.oid')} AS bytes,
         CASE
           WHEN i.relkind = 'I' THEN 'serves no query as a whole: partitions have no index attached to it'
           WHEN i.relname ~ '_cc(new|old)[0-9]*$' THEN 'left behind by REINDEX CONCURRENTLY: serves no query, and every write may pay for it'
           ELSE 'left behind by CREATE INDEX CONCURRENTLY: serves no query, and every write may pay for it'
         END AS why,
         CASE
           WHEN i.relkind = 'I' THEN format('ALTER INDEX %I.%I ATTACH PARTITION <index of the partition>;', n.nspname, i.relname)
           WHEN i.relname ~ '_cc(new|old)[0-9]*$' THEN format('DROP INDEX CONCURRENTLY %I.%I;', n.nspname, i.relname)
           ELSE format('REINDEX INDEX CONCURRENTLY %I.%I;', n.nspname, i.relname)
         END AS statement
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace
  WHERE NOT x.indisvalid AND ${isUserSchema('n')}
    AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p
                    WHERE p.datname = current_database() AND p.index_relid = i.oid)
  ORDER BY 1`;

/** A role without pg_read_all_stats does not see which index another role is building. */
const HIDDEN_BUILDS = `
  SELECT count(*) AS builds FROM pg_stat_progress_create_index
  WHERE datname = current_database() AND index_relid IS NULL`;

/** Invalid indexes that an interrupted build left behind, without those that are being built now. */
export async function invalidIndexes(connection: Connection): Promise<AuditOutcome> {
  const { rows } = await connection.query<FindingRow>(INVALID);
  const hidden = await connection.query<{ builds: string }>(HIDDEN_BUILDS);
  const isHidden = Number(hidden.rows[0]?.builds ?? 0) > 0;
  return {
    state: 'checked',
    findings: rows.map(toFinding),
    notes:
      isHidden && rows.length > 0
        ? ['Another role is building an index that this role cannot identify: check again when it is done.']
        : [],
  };
}
