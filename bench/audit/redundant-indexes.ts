import type { AuditFinding, AuditOutcome } from '../model/audit.ts';
import type { Connection } from '../database/connection.ts';
import { bytesOf, isUserSchema } from '../database/relations.ts';
import { concurrently, dropLock } from './relations.ts';

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
  /** All its columns, with those of INCLUDE, as printed. */
  columns: readonly string[];
  /** The columns of INCLUDE. */
  included: readonly string[];
  /**
   * What dropping it would lose. `nothing`: the database accepts the same rows without it. `uniqueness`: another
   * unique index on the same keys guarantees it, too. `more`: it is a primary key or an exclusion constraint, a
   * foreign key or a replica refers to it, it is part of a partitioned index, or its check can be deferred.
   */
  guards: 'nothing' | 'uniqueness' | 'more';
  /** Unique, and checked immediately. */
  isUnique: boolean;
  /** It accepts at most one NULL: NULLS NOT DISTINCT, or a primary key. */
  hasFewNulls: boolean;
  /** A scan has used it, or one of its partitions, since the statistics began. */
  isUsed: boolean;
  /** What dropping it locks where DROP cannot be concurrent; otherwise empty. */
  lock: string;
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
         CASE
           WHEN x.indisprimary OR x.indisexclusion OR x.indisreplident OR i.relispartition OR NOT x.indimmediate
             OR EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype NOT IN ('u')) THEN 'more'
           WHEN x.indisunique THEN 'uniqueness'
           ELSE 'nothing'
         END AS guards,
         x.indisunique AND x.indimmediate AS "isUnique",
         x.indisprimary OR coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::bool, false) AS "hasFewNulls",
         pg_stat_get_numscans(i.oid) > 0
           OR EXISTS (SELECT FROM pg_partition_tree(i.oid) AS part WHERE pg_stat_get_numscans(part.relid) > 0)
           AS "isUsed",
         coalesce(${dropLock('i.relkind')}, '') AS lock,
         coalesce(
           (SELECT format('ALTER TABLE %I.%I DROP CONSTRAINT %I;', n.nspname, t.relname, c.conname)
            FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype = 'u'),
           format('DROP INDEX%s %I.%I;', ${concurrently('i.relkind')}, n.nspname, i.relname)) AS statement
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace
  JOIN pg_am m ON m.oid = i.relam
  WHERE x.indisvalid AND ${isUserSchema('n')}
  ORDER BY 1`;

/**
 * Indexes that another index on the same table makes unnecessary: exact duplicates, and prefixes of longer B-trees.
 */
export async function redundantIndexes(connection: Connection): Promise<AuditOutcome> {
  const indexes = await listIndexes(connection);
  const findings = indexes.flatMap((index): AuditFinding[] => {
    const kept = indexes.find(
      (other) => makesRedundant(other, index) && !indexes.some((third) => makesRedundant(third, other)),
    );
    if (!kept) return [];
    const { name: what, bytes, statement } = index;
    const why = [reason(index, kept), index.lock].filter((part) => part !== '').join('; ');
    return [{ what, bytes, why, statement }];
  });
  return { state: 'checked', findings: findings.toSorted((a, b) => b.bytes - a.bytes), notes: [] };
}

const reason = (index: IndexRow, kept: IndexRow): string =>
  serves(index, kept)
    ? `the same as ${kept.name}`
    : `${kept.name} begins with its columns; this one is smaller and may still be faster: measure`;

/**
 * Of two equivalent indexes, the first by name is kept. A used index is never dropped in favour of an unused one: the
 * unused one is advised against already, and without both no index would serve the queries.
 */
function makesRedundant(kept: IndexRow, index: IndexRow): boolean {
  if (index.guards === 'more' || !serves(kept, index)) return false;
  if (index.guards === 'uniqueness' && !guaranteesUniqueness(kept, index)) return false;
  if (kept.guards !== index.guards) return true;
  if (index.isUsed !== kept.isUsed) return kept.isUsed;
  return !serves(index, kept) || kept.name < index.name;
}

/** Does `kept` refuse every row that `index` refuses? Both are on the same table and serve the same rows. */
const guaranteesUniqueness = (kept: IndexRow, index: IndexRow): boolean =>
  kept.isUnique && kept.keys.length === index.keys.length && (kept.hasFewNulls || !index.hasFewNulls);

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
      guards: row.guards as IndexRow['guards'],
      isUnique: row.isUnique === 't',
      hasFewNulls: row.hasFewNulls === 't',
      isUsed: row.isUsed === 't',
    };
  });
}
