import { askEachNode } from '../database/cluster/each-node.ts';
import type { Connection } from '../database/connection.ts';
import { OWN_SCHEMA } from '../database/own-database.ts';
import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { Observer } from './observer.ts';

/** A part of the log of one node. */
export interface Stretch {
  /** Undefined where one server holds everything. */
  node: string | undefined;
  from: string;
  to: string;
}

/** What a stretch of a node's log has of one database. */
export interface LoggedBlocks {
  imageBytes: number;
  /** Of tables and indexes of users, by the names that the node has for them. */
  records: readonly { relation: string; isIndex: boolean; records: number }[];
}

/** 15 gives the images of a record as one sum, which is counted for its first block. */
const RECORDS = `
  SELECT block[2] AS node, count(DISTINCT start_lsn) AS records,
         coalesce(sum(fpi_length) FILTER (WHERE position = 1), 0) AS "imageBytes"
  FROM ${OWN_SCHEMA}.pg_get_wal_records_info($1, $2),
       regexp_matches(block_ref, 'rel \\d+/(\\d+)/(\\d+)', 'g') WITH ORDINALITY AS blocks (block, position)
  WHERE block[1]::oid = (SELECT oid FROM pg_database WHERE datname = $3)
  GROUP BY block[2]`;

const BLOCKS = `
  SELECT relfilenode AS node, count(DISTINCT start_lsn) AS records, sum(block_fpi_length) AS "imageBytes"
  FROM ${OWN_SCHEMA}.pg_get_wal_block_info($1, $2, false)
  WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = $3)
  GROUP BY relfilenode`;

const RELATIONS = `
  SELECT pg_relation_filenode(c.oid) AS node, ${relationTextOf('n', 'r')} AS name,
         CASE WHEN c.relnamespace = 'pg_catalog'::regnamespace THEN 'catalog'
              WHEN c.relkind = 'i' AND ${isUserSchema('n')} THEN 'index'
              WHEN c.relkind = 'r' AND ${isUserSchema('n')} THEN 'table'
              ELSE 'other' END AS kind
  FROM pg_class c
  JOIN pg_class r ON r.oid = ${rootOf('c.oid')}
  JOIN pg_namespace n ON n.oid = r.relnamespace`;

interface Relation {
  node: string;
  name: string;
  kind: 'catalog' | 'index' | 'table' | 'other';
}

type Row = Record<'node' | 'records' | 'imageBytes', string>;

/**
 * What the log has of a session's database, node by node. Images of catalog pages are left out: a statement logs them while
 * it is parsed, which the sums do not count.
 */
export async function readBlocks(
  { connection, log }: Observer,
  session: Connection,
  stretches: readonly Stretch[],
): Promise<LoggedBlocks[]> {
  const blocks = await askEachNode<Row>(connection, log === 'blocks' ? BLOCKS : RECORDS, (node) => {
    const stretch = stretches.find((one) => one.node === node);
    return [stretch?.from ?? '0/0', stretch?.to ?? '0/0', session.database ?? ''];
  });
  const relations = await askEachNode<Record<keyof Relation, string>>(session, RELATIONS);
  return blocks.map(({ rows }, position) =>
    named(rows, new Map((relations[position]?.rows as Relation[]).map((one) => [one.node, one]))),
  );
}

function named(rows: readonly Row[], relations: ReadonlyMap<string, Relation>): LoggedBlocks {
  const own = rows.filter(({ node }) => relations.get(node)?.kind !== 'catalog');
  return {
    imageBytes: own.reduce((sum, row) => sum + Number(row.imageBytes), 0),
    records: own.flatMap(({ node, records }) => {
      const { name: relation = '', kind } = relations.get(node) ?? {};
      const isOfUser = kind === 'index' || kind === 'table';
      return isOfUser ? [{ relation, isIndex: kind === 'index', records: Number(records) }] : [];
    }),
  };
}
