import type { AuditFinding, AuditOutcome } from '../../model/audit.ts';
import type { Connection } from '../connection.ts';
import { bytesOf, concurrently, isUserSchema } from './relations.ts';

interface IndexRow {
  name: string;
  /** The oid of its table. */
  table: string;
  method: string;
  /** Of a partial index; empty for a full one. */
  predicate: string;
  bytes: number;
  /** Key columns and expressions, each with operator class, collation and options. */
  keys: readonly string[];
  /** Every column in it, those of INCLUDE among them, as they are printed. */
  columns: readonly string[];
  /** Those of INCLUDE. */
  included: readonly string[];
  /** It guarantees nothing and belongs to nothing, so that it can go without changing what the database accepts. */
  isDroppable: boolean;
  /** A scan has used it, or a part of it, since the statistics began. */
  isUsed: boolean;
  statement: string;
}

const INDEXES = `
  SELECT format('%I.%I', n.nspname, i.relname) AS name, x.indrelid AS "table", m.amname AS method,
         coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS predicate, ${bytesOf('i.oid')} AS bytes,
         (SELECT json_agg(concat_ws(' ', pg_get_indexdef(i.oid, p, true), x.indclass[p - 1], x.indcollation[p - 1],
                                    x.indoption[p - 1], a.attoptions) ORDER BY p)
          FROM generate_series(1, x.indnkeyatts) AS p
          JOIN pg_attribute a ON a.attrelid = i.oid AND a.attnum = p) AS keys,
         (SELECT json_agg(pg_get_indexdef(i.oid, p, true) ORDER BY p)
          FROM generate_series(1, x.indnatts) AS p) AS columns,
         x.indnkeyatts AS "keyCount",
         NOT (x.indisunique OR x.indisexclusion OR x.indisreplident OR i.relispartition
              OR EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u', 'x')))
           AS "isDroppable",
         pg_stat_get_numscans(i.oid) > 0
           OR EXISTS (SELECT FROM pg_partition_tree(i.oid) AS part WHERE pg_stat_get_numscans(part.relid) > 0)
           AS "isUsed",
         format('DROP INDEX%s %I.%I;', ${concurrently('i.relkind')}, n.nspname, i.relname) AS statement
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace
  JOIN pg_am m ON m.oid = i.relam
  WHERE x.indisvalid AND ${isUserSchema('n')}
  ORDER BY 1`;

/** Indexes whose work another one on the same table does: exact duplicates, and beginnings of longer B-trees. */
export async function redundantIndexes(connection: Connection): Promise<AuditOutcome> {
  const indexes = await listIndexes(connection);
  const findings = indexes.flatMap((index): AuditFinding[] => {
    const kept = indexes.find(
      (other) => makesRedundant(other, index) && !indexes.some((third) => makesRedundant(third, other)),
    );
    if (!kept) return [];
    const { name: what, bytes, statement } = index;
    return [{ what, bytes, why: reason(index, kept), statement }];
  });
  return { state: 'checked', findings: findings.toSorted((a, b) => b.bytes - a.bytes), notes: [] };
}

const reason = (index: IndexRow, kept: IndexRow): string =>
  serves(index, kept)
    ? `the same as ${kept.name}`
    : `${kept.name} begins with its columns; being smaller, this one may still be the faster one: measure`;

/**
 * Of two that serve each other, the first by name is kept. A used index never goes in favour of an unused one: that
 * one is advised against as unused, and with both gone nothing would do the work.
 */
function makesRedundant(kept: IndexRow, index: IndexRow): boolean {
  if (!index.isDroppable || !serves(kept, index)) return false;
  if (!kept.isDroppable) return true;
  if (index.isUsed !== kept.isUsed) return kept.isUsed;
  return !serves(index, kept) || kept.name < index.name;
}

/** Does `one` answer every condition and hold every column that `other` does? */
function serves(one: IndexRow, other: IndexRow): boolean {
  if (one === other) return false;
  if (one.table !== other.table || one.method !== other.method || one.predicate !== other.predicate)
    return false;
  if (one.method !== 'btree' && one.keys.length !== other.keys.length) return false;
  return (
    other.keys.every((key, place) => one.keys[place] === key) &&
    other.included.every((column) => one.columns.includes(column))
  );
}

async function listIndexes(connection: Connection): Promise<IndexRow[]> {
  type Row = Record<Exclude<keyof IndexRow, 'included'> | 'keyCount', string>;
  const { rows } = await connection.query<Row>(INDEXES);
  return rows.map(({ keyCount, ...row }) => {
    const columns = JSON.parse(row.columns) as string[];
    return {
      ...row,
      bytes: Number(row.bytes),
      keys: JSON.parse(row.keys) as string[],
      columns,
      included: columns.slice(Number(keyCount)),
      isDroppable: row.isDroppable === 't',
      isUsed: row.isUsed === 't',
    };
  });
}
