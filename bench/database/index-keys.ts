import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { INDEXES_AT_THE_TOP } from './indexes.ts';
import { bytesOf, relationTextOf } from './relations.ts';

/** The properties that decide whether an index can replace another. */
export interface IndexKeys {
  name: string;
  table: string;
  bytes: number;
  /** Columns and expressions in order, each with what else decides which conditions an index serves. */
  keys: readonly string[];
  method: string;
  /** Of a partial index; empty for a full one. */
  predicate: string;
  isUnique: boolean;
}

const KEYS = `
  SELECT ${relationTextOf('n', 'i')} AS name, ${relationTextOf('n', 't')} AS "table",
         ${bytesOf('i.oid')} AS bytes, a.amname AS method,
         coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS predicate, x.indisunique AS unique,
         (SELECT json_agg(pg_get_indexdef(i.oid, n, false) || ' ' || x.indclass[n - 1] || ' ' || x.indcollation[n - 1]
                          ORDER BY n) FROM generate_series(1, x.indnkeyatts) AS n) AS keys
  FROM ${INDEXES_AT_THE_TOP}
  JOIN pg_am a ON a.oid = i.relam
  ORDER BY name`;

/** The keys of every index, without directions: a B-tree is read either way. */
export async function listIndexKeys(connection: Connection): Promise<IndexKeys[]> {
  type Row = Record<'name' | 'table' | 'bytes' | 'method' | 'predicate' | 'unique' | 'keys', string>;
  const rows = await askCatalog<Row>(connection, KEYS);
  return rows.map(({ name, table, bytes, method, predicate, unique, keys }) => ({
    name,
    table,
    method,
    predicate,
    bytes: Number(bytes),
    keys: JSON.parse(keys) as string[],
    isUnique: unique === 't',
  }));
}
