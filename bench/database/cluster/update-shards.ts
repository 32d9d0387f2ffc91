import { askCatalog } from '../ask-catalog.ts';
import type { Connection } from '../connection.ts';
import { isCluster } from './nodes.ts';

const IS_DISTRIBUTED = `SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = $1::regclass`;

/** Each in a session of its own on the node of the shard. */
const RUN = `SELECT success, result FROM run_command_on_shards($1::regclass, $2, parallel := false)`;

/**
 * Carries out an UPDATE on each shard of a distributed table by itself: the place of a row is its place in a shard.
 *
 * @param table for SQL: with its schema, both quoted
 * @param update with `%1$s` for the shard, and `%%` for a percent sign
 * @returns how many rows it has changed; undefined where the table is not distributed, and nothing was done
 */
export async function updateShards(
  connection: Connection,
  table: string,
  update: string,
): Promise<number | undefined> {
  if (!(await isCluster(connection))) return undefined;
  if ((await askCatalog(connection, IS_DISTRIBUTED, [table])).length === 0) return undefined;
  const answers = await askCatalog<Record<'success' | 'result', string>>(connection, RUN, [table, update]);
  const failed = answers.find(({ success }) => success !== 't');
  if (failed) throw new Error(failed.result);
  return answers.reduce((sum, { result }) => sum + Number(/^UPDATE (\d+)$/.exec(result)?.[1] ?? 0), 0);
}
