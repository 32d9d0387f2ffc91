import type { Connection } from '../connection.ts';
import { bytesOf, isUserSchema, relationTextOf, rootOf } from '../relations.ts';
import { askEachNode } from './each-node.ts';
import { listShards, wholeOf, type Shards } from './shards.ts';

/** The indexes on the shards of a table that belong to one of the coordinator's. */
export interface IndexCopies {
  count: number;
  /** Those that are INVALID, or missing on a shard: what a build that did not end has left. */
  invalid: number;
  bytes: number;
  /** Partial, and none of them has a row. */
  isEmpty: boolean;
}

/** The top of each index, and each table with how many shards of it a node has. */
const INDEXES = `
  SELECT ${relationTextOf('n', 'i')} AS name, ${relationTextOf('n', 't')} AS "table",
         x.indisvalid AS valid, ${bytesOf('i.oid')} AS bytes,
         x.indpred IS NOT NULL AND NOT EXISTS (
           SELECT FROM pg_class leaf WHERE leaf.relkind = 'i' AND leaf.reltuples > 0 AND ${rootOf('leaf.oid')} = i.oid) AS "isEmpty"
  FROM pg_class t
  JOIN pg_namespace n ON n.oid = t.relnamespace AND ${isUserSchema('n')}
  LEFT JOIN pg_index x ON x.indrelid = t.oid
  LEFT JOIN pg_class i ON i.oid = x.indexrelid AND NOT i.relispartition
  WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition`;

type Row = Record<'name' | 'table' | 'valid' | 'bytes' | 'isEmpty', string> & { node: string | undefined };

/**
 * By the index's name on the coordinator; nothing where one server holds everything. Nor within a transaction: other sessions do
 * not see what it has made, and would wait for the locks on what it has dropped.
 */
export async function indexCopies(connection: Connection): Promise<ReadonlyMap<string, IndexCopies>> {
  if (connection.getTransactionStatus() !== 'I') return new Map();
  const shards = await listShards(connection);
  if (shards.size === 0) return new Map();
  const answers = await askEachNode<Omit<Row, 'node'>>(connection, INDEXES);
  const rows = answers
    .flatMap(({ node, rows: own }) => own.map((row) => ({ ...row, node })))
    .filter(({ table }) => shards.has(table));
  const names = [...new Set(rows.flatMap(({ name }) => shards.get(name)?.of ?? []))];
  return new Map(names.map((name) => [name, copiesOf(name, rows, shards)]));
}

function copiesOf(name: string, rows: readonly Row[], shards: Shards): IndexCopies {
  const copies = rows.filter((row) => shards.get(row.name)?.of === name);
  const table = wholeOf(shards, copies[0]?.table ?? '');
  const onTable = rows.filter((row) => wholeOf(shards, row.table) === table);
  const wanted = new Set(onTable.map(({ node, table: shard }) => `${node} ${shard}`)).size;
  const valid = copies.filter((copy) => copy.valid === 't').length;
  return {
    count: copies.length,
    invalid: wanted - valid,
    bytes: copies.reduce((sum, { bytes }) => sum + Number(bytes), 0),
    isEmpty: copies.every(({ isEmpty }) => isEmpty === 't'),
  };
}
