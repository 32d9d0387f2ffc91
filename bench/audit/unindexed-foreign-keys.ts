import type { AuditOutcome } from '../model/audit.ts';
import type { Connection } from '../database/connection.ts';
import { bytesOf, isUserSchema } from '../database/relations.ts';
import { concurrently, createLock, toFinding, type FindingRow } from './relations.ts';

/**
 * SQL: whether an index (a row of `pg_index`, and its access method's name) finds the rows of a foreign key (a row of
 * `pg_constraint`). The search is for equality on all columns: their order does not matter.
 */
export const servesForeignKey = (index: string, method: string, key: string): string =>
  `(${index}.indrelid = ${key}.conrelid AND ${index}.indisvalid AND ${index}.indpred IS NULL
    AND ${method}.amname IN ('btree', 'hash') AND ${index}.indnkeyatts >= cardinality(${key}.conkey)
    AND (${index}.indkey::int2[])[0:cardinality(${key}.conkey) - 1] @> ${key}.conkey
    AND (${index}.indkey::int2[])[0:cardinality(${key}.conkey) - 1] <@ ${key}.conkey)`;

/** Constraints that partitions inherit have a parent. */
const UNINDEXED = `
  SELECT format('%I.%I (%s)', n.nspname, t.relname, k.columns) AS what, ${bytesOf('t.oid')} AS bytes,
         concat_ws('; ',
           format('%s: DELETE or a new key in %I.%I reads this whole table for every row', c.conname, rn.nspname, r.relname),
           ${createLock('t.relkind')}) AS why,
         format('CREATE INDEX%s ON %I.%I (%s);', ${concurrently('t.relkind')}, n.nspname, t.relname, k.columns) AS statement
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_class r ON r.oid = c.confrelid
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  CROSS JOIN LATERAL (
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY u.place) AS columns
    FROM unnest(c.conkey) WITH ORDINALITY AS u(number, place)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.number
  ) k
  WHERE c.contype = 'f' AND c.conparentid = 0 AND ${isUserSchema('n')}
    AND NOT EXISTS (
      SELECT FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_am m ON m.oid = i.relam
      WHERE ${servesForeignKey('x', 'm', 'c')})
  ORDER BY 2 DESC, 1, c.conname`;

/**
 * Foreign keys without an index. A partitioned table is judged by its own indexes, not by those of its partitions.
 */
export async function unindexedForeignKeys(connection: Connection): Promise<AuditOutcome> {
  const { rows } = await connection.query<FindingRow>(UNINDEXED);
  return { state: 'checked', findings: rows.map(toFinding), notes: [] };
}
