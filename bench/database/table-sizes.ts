import { spreadOf, type NodeSizes, type Spread } from '../model/cluster.ts';
import { askEachNode } from './cluster/each-node.ts';
import { listShards, shellsOf, type Shards } from './cluster/shards.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf, rootOf } from './relations.ts';

/** Bytes on disk of one table; `tableBytes` includes TOAST, free space map and visibility map. */
interface TableBytes {
  tableBytes: number;
  indexBytes: number;
}

/** A table or materialized view with its partitions, which are a part of its figures. */
export interface TableSize extends TableBytes {
  /** With its schema, unless that is `public`. */
  table: string;
  /** A partitioned index is one. */
  indexes: number;
  partitions: readonly (TableBytes & { table: string })[];
  /** On each node of a cluster. */
  nodes: readonly NodeSizes[];
  /** Bytes of its shards with their indexes; undefined where it has none. */
  shards: Spread | undefined;
}

const PARTS = `
  SELECT ${relationTextOf('rn', 'r')} AS "table", ${relationTextOf('n', 'c')} AS part,
         r.relkind = 'p' AND c.relkind <> 'p' AS "isPartition",
         pg_table_size(c.oid) AS "tableBytes", pg_indexes_size(c.oid) AS "indexBytes",
         (SELECT count(*) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
          WHERE x.indrelid = c.oid AND NOT i.relispartition) AS indexes
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class r ON r.oid = ${rootOf('c.oid')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace AND ${isUserSchema('rn')}
  WHERE c.relkind IN ('r', 'p', 'm')
  ORDER BY "table", part`;

/** A table that has pages: not partitioned, a partition, or a shard of either. */
interface Part extends TableBytes {
  node: string | undefined;
  table: string;
  part: string;
  isPartition: boolean;
  isShard: boolean;
  indexes: number;
}

/** Every table and materialized view outside PostgreSQL's own schemas, on all nodes. */
export async function tableSizes(connection: Connection): Promise<TableSize[]> {
  const shards = await listShards(connection);
  const shells = shellsOf(shards);
  const answers = await askEachNode<Record<keyof Part, string>>(connection, PARTS);
  const parts = answers.flatMap(({ node, rows }) => rows.map((row) => partOf(node, row, shards)));
  const [{ node: coordinator } = { node: undefined }] = answers;
  const isOnlyHere = (part: Part): boolean => part.node === coordinator && !part.isShard;
  return [...new Set(parts.filter(isOnlyHere).map(({ table }) => table))].map((table) => {
    const own = parts.filter((part) => part.table === table);
    const withPages = own.filter((part) => part.isShard || !shells.has(part.part));
    return {
      table,
      ...sumOf(withPages),
      indexes: own.filter(isOnlyHere).reduce((sum, { indexes }) => sum + indexes, 0),
      partitions: partitionsOf(withPages),
      nodes: nodesOf(withPages),
      shards: spreadOfShards(withPages),
    };
  });
}

function partOf(node: string | undefined, row: Record<keyof Part, string>, shards: Shards): Part {
  const shard = shards.get(row.part);
  return {
    node,
    table: shard?.of ?? row.table,
    part: shard?.relation ?? row.part,
    isPartition: row.isPartition === 't',
    isShard: shard !== undefined,
    tableBytes: Number(row.tableBytes),
    indexBytes: Number(row.indexBytes),
    indexes: Number(row.indexes),
  };
}

const sumOf = (parts: readonly TableBytes[]): TableBytes => ({
  tableBytes: parts.reduce((sum, { tableBytes }) => sum + tableBytes, 0),
  indexBytes: parts.reduce((sum, { indexBytes }) => sum + indexBytes, 0),
});

function partitionsOf(parts: readonly Part[]): TableSize['partitions'] {
  const names = new Set(parts.filter(({ isPartition }) => isPartition).map(({ part }) => part));
  return [...names].map((table) => ({ table, ...sumOf(parts.filter(({ part }) => part === table)) }));
}

function nodesOf(parts: readonly Part[]): NodeSizes[] {
  const names = new Set(parts.flatMap(({ node }) => node ?? []));
  return [...names].map((node) => ({ node, ...sumOf(parts.filter((part) => part.node === node)) }));
}

/** Each partition of a shard is one of its own. */
const spreadOfShards = (parts: readonly Part[]): Spread | undefined => {
  const shards = parts.filter(({ isShard }) => isShard);
  return shards.length === 0
    ? undefined
    : spreadOf(shards.map(({ tableBytes, indexBytes }) => tableBytes + indexBytes));
};
