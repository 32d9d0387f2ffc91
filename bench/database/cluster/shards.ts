import { askCatalog } from '../ask-catalog.ts';
import type { Connection } from '../connection.ts';
import { isUserSchema, relationTextOf, rootOf } from '../relations.ts';
import { isCluster } from './nodes.ts';

/** What a relation on a node is a part of: a distributed or reference table, or an index of one. */
interface Shard {
  /** As the coordinator's catalog names it. */
  relation: string;
  /** The same; of a partition, the partitioned one. */
  of: string;
  id: string;
}

/** The shards of every table and index, by the names that they have on the nodes. */
export type Shards = ReadonlyMap<string, Shard>;

/**
 * Citus makes the names itself: a long one is cut, and ends with a hash (relay_event_utility.c, AppendShardIdToName). The
 * function takes an index for a table's name as well.
 */
const SHARDS = `
  SELECT ${relationTextOf('n', 'shard')} AS part, ${relationTextOf('n', 'c')} AS relation,
         ${relationTextOf('rn', 'r')} AS root, shard.id
  FROM (
    SELECT c.oid, s.shardid AS id, names[cardinality(names)] AS relname
    FROM pg_dist_shard s
    JOIN pg_class c ON c.oid = s.logicalrelid
      OR c.oid IN (SELECT x.indexrelid FROM pg_index x WHERE x.indrelid = s.logicalrelid)
    CROSS JOIN parse_ident(shard_name(c.oid::regclass, s.shardid)) AS names
  ) AS shard
  JOIN pg_class c ON c.oid = shard.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  JOIN pg_class r ON r.oid = ${rootOf('shard.oid')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace`;

const NO_SHARDS: Shards = new Map();

/** Every shard of this session's database; none where one server holds everything. */
export async function listShards(connection: Connection): Promise<Shards> {
  if (!(await isCluster(connection))) return NO_SHARDS;
  const rows = await askCatalog<Record<'part' | 'relation' | 'root' | 'id', string>>(connection, SHARDS);
  return new Map(rows.map(({ part, root, ...shard }) => [part, { ...shard, of: root }]));
}

/** The name that the coordinator has for a relation of a node. */
export const wholeOf = (shards: Shards, relation: string): string => shards.get(relation)?.of ?? relation;

/** Distributed tables themselves, and their indexes: on every node without a row, beside their shards. */
export const shellsOf = (shards: Shards): ReadonlySet<string> =>
  new Set(Array.from(shards.values(), ({ relation }) => relation));
