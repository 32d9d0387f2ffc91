import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf, rootOf } from '../../database/relations.ts';
import type { IndexUsage } from '../../model/snapshot.ts';
import { isOwnRelation } from '../schema/catalog-sql.ts';

/** SQL: a row for an `IndexUsage`. */
export const INDEXES = `
  SELECT ${relationTextOf('n', 'i')} AS name, ${relationTextOf('tn', 't')} AS "table", leaves.*
  FROM pg_class i
  JOIN pg_namespace n ON n.oid = i.relnamespace AND ${isOwnRelation('n', 'i')}
  JOIN pg_index x ON x.indexrelid = i.oid
  JOIN pg_class t ON t.oid = x.indrelid AND t.relkind IN ('r', 'p')
  JOIN pg_namespace tn ON tn.oid = t.relnamespace AND ${isOwnRelation('tn', 't')}
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(pg_relation_size(leaf.oid)), 0) AS bytes, coalesce(sum(s.idx_scan), 0) AS scans
    FROM pg_class leaf LEFT JOIN pg_stat_all_indexes s ON s.indexrelid = leaf.oid
    WHERE leaf.relkind = 'i' AND ${rootOf('leaf.oid')} = i.oid) AS leaves
  WHERE i.relkind IN ('i', 'I') AND NOT i.relispartition
  ORDER BY 1`;

/** Of every index its size and its scans since the counters began; of a partitioned one the sum. */
export async function indexUsage(connection: Connection): Promise<IndexUsage[]> {
  const rows = await askCatalog<Record<keyof IndexUsage, string>>(connection, INDEXES);
  return rows.map(({ bytes, scans, ...names }) => ({ ...names, bytes: Number(bytes), scans: Number(scans) }));
}
