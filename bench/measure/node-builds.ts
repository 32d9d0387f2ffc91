import { askEachNode } from '../database/cluster/each-node.ts';
import { listShards, type Shards } from '../database/cluster/shards.ts';
import type { Connection } from '../database/connection.ts';
import { OWN_SCHEMA } from '../database/own-database.ts';
import { nodeBuildOf, type NodeBuild } from '../model/cluster.ts';
import { relationText, unquoted } from '../model/relation.ts';

/**
 * Citus sends one for each shard. The coordinator makes its own copies within the statement that asks for them, and tells none
 * of it, unless they are built concurrently.
 */
const BUILDS = `
  SELECT query, total_exec_time / calls AS ms
  FROM ${OWN_SCHEMA}.pg_stat_statements AS statements
  JOIN pg_database d ON d.oid = statements.dbid
  WHERE d.datname = $1 AND query LIKE 'CREATE %INDEX %'`;

/**
 * How long each node of a cluster has built the shards of each index in a session's database, as pg_stat_statements has timed
 * the statements that Citus has sent it.
 *
 * @param observer in a database where pg_stat_statements can be read
 * @returns by the index's name on the coordinator; nothing of what PostgreSQL does not name an index for, such as a constraint
 */
export async function nodeBuilds(
  observer: Connection,
  session: Connection,
): Promise<ReadonlyMap<string, NodeBuild[]>> {
  const shards = await listShards(session);
  const answers = await askEachNode<Row>(observer, BUILDS, [session.database ?? '']);
  const found = answers.flatMap(({ node = '', rows }) => rows.flatMap((row) => buildOf(row, node, shards)));
  const indexes = [...new Set(found.map(({ index }) => index))];
  return new Map(indexes.map((index) => [index, byNode(found.filter((build) => build.index === index))]));
}

type Row = Record<'query' | 'ms', string>;

interface ShardBuild {
  node: string;
  index: string;
  ms: number;
}

function buildOf({ query, ms }: Row, node: string, shards: Shards): ShardBuild[] {
  const shard = indexMadeBy(query);
  const index = shard === undefined ? undefined : shards.get(shard)?.of;
  return index === undefined ? [] : [{ node, index, ms: Number(ms) }];
}

const NAME = '("(?:[^"]|"")+"|[^\\s".]+)';

/** As Citus writes it for a shard (deparse_shard_index_statement in citus_ruleutils.c). */
const MADE = new RegExp(
  `^CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(?:CONCURRENTLY\\s+)?(?:IF NOT EXISTS\\s+)?${NAME}\\s+ON\\s+(?:ONLY\\s+)?${NAME}\\.`,
);

/** The name of the index, as `relationText` writes it. It is in the schema of its table. */
function indexMadeBy(sql: string): string | undefined {
  const [, name, schema] = MADE.exec(sql) ?? [];
  if (name === undefined || schema === undefined) return undefined;
  return relationText({ schema: unquoted(schema), name: unquoted(name) });
}

const byNode = (builds: readonly ShardBuild[]): NodeBuild[] =>
  [...new Set(builds.map(({ node }) => node))].sort().map((node) =>
    nodeBuildOf(
      node,
      builds.flatMap((build) => (build.node === node ? [build.ms] : [])),
    ),
  );
