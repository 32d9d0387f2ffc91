import { listShards, wholeOf, type Shards } from '../database/cluster/shards.ts';
import type { Connection } from '../database/connection.ts';
import { spreadOf, type Spread } from '../model/cluster.ts';
import type { IndexRecords } from '../model/counters.ts';
import type { LoggedBlocks } from './wal-blocks.ts';

/** Records by index and by shard, as the coordinator names them, of all nodes together. */
export async function recordsOf(
  nodes: readonly LoggedBlocks[],
  session: Connection,
): Promise<{ perIndex: IndexRecords[]; shards: Spread | undefined }> {
  const shards = await listShards(session);
  return {
    perIndex: indexRecords(nodes, shards),
    shards: shards.size > 0 ? shardRecords(nodes, shards) : undefined,
  };
}

function indexRecords(nodes: readonly LoggedBlocks[], shards: Shards): IndexRecords[] {
  const sums = new Map<string, number>();
  for (const { relation, isIndex, records } of nodes.flatMap((node) => node.records)) {
    const index = wholeOf(shards, relation);
    if (isIndex) sums.set(index, (sums.get(index) ?? 0) + records);
  }
  return [...sums].map(([index, records]) => ({ index, records })).toSorted(byIndex);
}

const byIndex = (a: IndexRecords, b: IndexRecords): number => (a.index < b.index ? -1 : 1);

/** Of every shard of the tables and indexes that were written to, each copy of a reference table apart. */
function shardRecords(nodes: readonly LoggedBlocks[], shards: Shards): Spread {
  const records = nodes.flatMap((node) => [...recordsByShard(node, shards).values()]);
  const busy = new Set(nodes.flatMap((node) => [...recordsByShard(node, shards).keys()]));
  const written = new Set(
    nodes.flatMap((node) => node.records.map(({ relation }) => wholeOf(shards, relation))),
  );
  const others = [...shards.values()].filter(({ of, id }) => written.has(of) && !busy.has(id));
  return spreadOf([...records, ...Array.from(new Set(others.map(({ id }) => id)), () => 0)]);
}

function recordsByShard({ records }: LoggedBlocks, shards: Shards): Map<string, number> {
  const sums = new Map<string, number>();
  for (const one of records) {
    const id = shards.get(one.relation)?.id;
    if (id !== undefined) sums.set(id, (sums.get(id) ?? 0) + one.records);
  }
  return sums;
}
