import { askEachNode } from '../database/cluster/each-node.ts';
import { listShards } from '../database/cluster/shards.ts';
import type { Connection } from '../database/connection.ts';

/** What statistics count of a table, as PostgreSQL's text. */
export type Figures = Record<(typeof FIGURES)[number], string>;

const FIGURES = ['rows', 'bytes', 'indexBytes', 'live', 'dead', 'updates', 'hot'] as const;

/**
 * The figures of distributed tables, whose rows are in shards alone: the sums over these. A shard with copies on several
 * nodes counts once.
 *
 * @param sql that lists tables with their figures
 * @returns by the coordinator's name; nothing where one server holds everything
 */
export async function shardFigures(
  connection: Connection,
  sql: string,
): Promise<ReadonlyMap<string, Figures>> {
  const shards = await listShards(connection);
  const sums = new Map<string, Figures>();
  if (shards.size === 0) return sums;
  const rows = (await askEachNode<Figures & { name: string }>(connection, sql)).flatMap((node) => node.rows);
  const once = new Map(rows.map((row) => [row.name, row]));
  for (const [name, row] of once) {
    const whole = shards.get(name)?.of;
    if (whole !== undefined) sums.set(whole, together(sums.get(whole), row));
  }
  return sums;
}

const together = (some: Figures | undefined, more: Figures): Figures =>
  Object.fromEntries(
    FIGURES.map((figure) => [figure, String(Number(some?.[figure] ?? 0) + Number(more[figure]))]),
  ) as Figures;
