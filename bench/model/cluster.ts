import { z } from 'zod';

const count = z.int().nonnegative();
const bytes = z.int().nonnegative();
const milliseconds = z.number().nonnegative();
const node = z.string();

/** How evenly a figure lies on shards, or tasks: so many, the least and the most that one of them has, and all together. */
export const Spread = z.strictObject({ parts: count, least: count, most: count, sum: count });
export type Spread = z.infer<typeof Spread>;

export const spreadOf = (figures: readonly number[]): Spread => ({
  parts: figures.length,
  least: figures.length > 0 ? figures.reduce((a, b) => Math.min(a, b)) : 0,
  most: figures.reduce((a, b) => Math.max(a, b), 0),
  sum: figures.reduce((a, b) => a + b, 0),
});

/** The most over the mean: 1 where all have the same. Undefined where none has anything. */
export const skewOf = ({ parts, most, sum }: Spread): number | undefined =>
  sum > 0 ? (most * parts) / sum : undefined;

/** What one execution of a read asks of one node. `serverMs` is what the node's own EXPLAIN timed, planning included. */
export const NodeReads = z.strictObject({
  node,
  tasks: count,
  sharedBlocks: count,
  serverMs: milliseconds,
});
export type NodeReads = z.infer<typeof NodeReads>;

/** What the counted executions of a write do on one node, in the steady regime but for updates, which are of both. */
export const NodeWrites = z.strictObject({
  node,
  walRecords: count,
  walBytes: bytes,
  fullPageImages: count,
  buffersDirtied: count,
  updates: count,
  hotUpdates: count,
  serverMs: milliseconds,
});
export type NodeWrites = z.infer<typeof NodeWrites>;

/** How long one node has built its copies of an index, all of them together, and the fastest and the slowest one. */
export const NodeBuild = z.strictObject({
  node,
  copies: z.int().positive(),
  buildMs: milliseconds,
  leastMs: milliseconds,
  mostMs: milliseconds,
});
export type NodeBuild = z.infer<typeof NodeBuild>;

export function nodeBuildOf(node: string, copiesMs: readonly number[]): NodeBuild {
  const { parts: copies, sum: buildMs, least: leastMs, most: mostMs } = spreadOf(copiesMs);
  return { node, copies, buildMs, leastMs, mostMs };
}

/** Bytes on one node. `tableBytes` as in the storage of a table. */
export const NodeSizes = z.strictObject({ node, tableBytes: bytes, indexBytes: bytes });
export type NodeSizes = z.infer<typeof NodeSizes>;
