import { quotedRelation } from '../model/relation.ts';
import { askCatalog } from './ask-catalog.ts';
import { indexCopies, type IndexCopies } from './cluster/index-copies.ts';
import type { Connection } from './connection.ts';
import { bytesOf, isUserSchema, relationTextOf, rootOf } from './relations.ts';

/** One index of the database, as the catalog describes it. A partitioned index is one, with all its partitions. */
export interface CatalogIndex {
  /** With its schema, unless that is `public`. */
  name: string;
  table: string;
  /** As `pg_get_indexdef` prints it; of a partitioned index, for all partitions. */
  definition: string;
  bytes: number;
  /** False for an index that an interrupted CREATE INDEX CONCURRENTLY left behind. */
  valid: boolean;
  /** Of a partitioned table, with a part for each partition. */
  partitioned: boolean;
  /** Partial, and of a table with rows of which none is in it. */
  isEmpty: boolean;
  /** On a cluster, of an index of a distributed or reference table: those of its shards, whose sum the rest is. */
  copies?: Pick<IndexCopies, 'count' | 'invalid'>;
}

/** SQL: every index that is not part of another one: its row `x` of pg_index, its schema `n`, its table `t`. */
export const INDEXES_AT_THE_TOP = `
  pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid AND NOT i.relispartition
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace AND ${isUserSchema('n')}`;

const INDEXES = `
  SELECT ${relationTextOf('n', 'i')} AS name, ${relationTextOf('n', 't')} AS "table",
         pg_get_indexdef(i.oid) AS definition, ${bytesOf('i.oid')} AS bytes, x.indisvalid AS valid,
         i.relkind = 'I' AS partitioned,
         x.indpred IS NOT NULL AND t.reltuples <> 0 AND NOT EXISTS (
           SELECT FROM pg_class leaf WHERE leaf.relkind = 'i' AND leaf.reltuples > 0 AND ${rootOf('leaf.oid')} = i.oid) AS "isEmpty"
  FROM ${INDEXES_AT_THE_TOP}
  ORDER BY "table", name`;

/** Every index outside PostgreSQL's own schemas, by table and name. */
export async function listIndexes(connection: Connection): Promise<CatalogIndex[]> {
  type Row = Record<Exclude<keyof CatalogIndex, 'copies'>, string>;
  const rows = await askCatalog<Row>(connection, INDEXES);
  const copies = await indexCopies(connection);
  return rows.map((row) => {
    const { count, invalid, bytes, isEmpty } = copies.get(row.name) ?? {};
    return {
      ...row,
      definition: forAllPartitions(row.definition),
      bytes: bytes ?? Number(row.bytes),
      valid: row.valid === 't' && !invalid,
      partitioned: row.partitioned === 't',
      isEmpty: isEmpty ?? row.isEmpty === 't',
      ...(count !== undefined && invalid !== undefined && { copies: { count, invalid } }),
    };
  });
}

/** A partitioned index is printed with ONLY, which would leave its partitions without one. */
const forAllPartitions = (definition: string): string =>
  definition.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")*"|[^" ]+) ON )ONLY /, '$1');

const SECONDARY_INDEXES = `
  SELECT ${relationTextOf('n', 'i')} AS name
  FROM ${INDEXES_AT_THE_TOP}
  WHERE NOT x.indisunique AND NOT x.indisprimary AND NOT x.indisexclusion
  ORDER BY name`;

/** Names of the indexes that the baseline `bare` does without: those that check nothing. */
export async function secondaryIndexes(connection: Connection): Promise<string[]> {
  const rows = await askCatalog<{ name: string }>(connection, SECONDARY_INDEXES);
  return rows.map(({ name }) => name);
}

/** Drops all indexes that check nothing: the baseline `bare`. */
export async function dropSecondaryIndexes(connection: Connection): Promise<void> {
  for (const name of await secondaryIndexes(connection)) await connection.query(dropIndex(name));
}

/** The statement that drops an index. Citus drops one at a time. */
export const dropIndex = (name: string): string => `DROP INDEX ${quotedRelation(name)}`;

const REFERRED_TO = `
  SELECT DISTINCT ${relationTextOf('rn', 'r')} AS "table"
  FROM pg_index x
  JOIN pg_constraint c ON c.conrelid = x.indrelid AND c.contype = 'f' AND c.conkey[1] = x.indkey[0]
  JOIN pg_class r ON r.oid = ${rootOf('c.confrelid')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE x.indexrelid = $1::regclass`;

/** The tables that the first key of an index refers to. Deleting one of their rows looks for children through it. */
export async function tablesReferredTo(connection: Connection, index: string): Promise<string[]> {
  const rows = await askCatalog<{ table: string }>(connection, REFERRED_TO, [quotedRelation(index)]);
  return rows.map(({ table }) => table);
}
