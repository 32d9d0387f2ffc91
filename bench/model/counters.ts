import { z } from 'zod';
import type { PerArm } from './arm.ts';
import { NodeReads, NodeWrites, Spread } from './cluster.ts';

const count = z.int().nonnegative();

/**
 * What one execution of a read does, counted by PostgreSQL: the same on every copy of the same database, however
 * busy the machine. Blocks are those of 8 kB; `sharedBlocks` are hit + read, whether or not they were cached.
 */
export const ReadCounters = z.strictObject({
  sharedBlocks: count,
  tempBlocks: count,
  rows: count,
  /** Visits to the heap that index-only scans could not spare. */
  heapFetches: count,
  /** Descents of an index; PostgreSQL counts them from 18 on. */
  indexSearches: count.optional(),
  /** Of a distributed query: each node that has a task of it, and the shared blocks of a task. */
  nodes: z.array(NodeReads).optional(),
  tasks: Spread.optional(),
});
export type ReadCounters = z.infer<typeof ReadCounters>;

/** Updates that a write item made on one arm; a HOT one left every index alone (PostgreSQL manual, 66.7). */
export const UpdateCounters = z.strictObject({ updates: count, hotUpdates: count });
export type UpdateCounters = z.infer<typeof UpdateCounters>;

/** What statements write to the log: exact, commits apart. */
export const WalCounters = z.strictObject({
  records: count,
  bytes: count,
  /** Whole pages in these bytes: a page is logged so by its first change after a checkpoint. */
  fullPageImages: count,
  /** Missing where pg_walinspect does not tell (before PostgreSQL 16). */
  bytesWithoutImages: count.optional(),
});
export type WalCounters = z.infer<typeof WalCounters>;

/** Images depend on when a checkpoint was: without them bytes are the statement's own. */
export const ownBytes = ({ bytes, bytesWithoutImages = bytes }: WalCounters): number => bytesWithoutImages;

/** Records that touch an index. */
export const IndexRecords = z.strictObject({ index: z.string(), records: count });
export type IndexRecords = z.infer<typeof IndexRecords>;

export const IndexScans = z.strictObject({ index: z.string(), scans: count });
export type IndexScans = z.infer<typeof IndexScans>;

/**
 * Entries that writes have left in the pending list of a GIN index, and what moving them into the index takes: a cost
 * that is still to be paid.
 */
export const PendingList = z.strictObject({
  index: z.string(),
  pages: count,
  /** Rows whose entries are in it; missing where pgstattuple does not tell. */
  rows: count.optional(),
  wal: WalCounters,
  growthBytes: count,
});
export type PendingList = z.infer<typeof PendingList>;

/**
 * What so many executions of a write do, twice over: right after a checkpoint, and once the pages have been logged.
 * The rest counts the `steady` ones, but `updates`, `deadRows`, `indexGrowthBytes`, `scans` and `pendingLists` both.
 */
export const WriteCounters = z.strictObject({
  executions: count,
  postCheckpoint: WalCounters,
  steady: WalCounters,
  /** Blocks of 8 kB. */
  buffersDirtied: count,
  perIndex: z.array(IndexRecords),
  updates: UpdateCounters.optional(),
  deadRows: count,
  indexGrowthBytes: count,
  /** Of every index that was looked into, foreign keys' checks included. */
  scans: z.array(IndexScans),
  /** Those that are not empty afterwards; missing in older results. */
  pendingLists: z.array(PendingList).optional(),
  /** On a cluster, whose sums the figures above are; the records of each shard of the tables that are written to. */
  nodes: z.array(NodeWrites).optional(),
  shards: Spread.optional(),
});
export type WriteCounters = z.infer<typeof WriteCounters>;

/** Bytes of its own that one execution writes to the log, after / before - 1: exact. Undefined where before writes none. */
export function walGrowth({ before, after }: PerArm<WriteCounters>): number | undefined {
  const [from, to] = [ownBytes(before.steady), ownBytes(after.steady)];
  return from > 0 ? to / from - 1 : undefined;
}

/**
 * `ties differ`: as many rows with the same sort keys, but others of those that tie at the limit. `approximate`: other
 * rows, of a read that may answer so.
 */
export const AnswerComparison = z.enum(['same', 'ties differ', 'approximate']);
export type AnswerComparison = z.infer<typeof AnswerComparison>;

const share = z.number().min(0).max(1);

/** Over so many keys, the share of the rows of the answer before that are in the answer after; rows that are in that alone. */
export const Recall = z.strictObject({
  keys: z.int().positive(),
  mean: share,
  least: share,
  surplusRows: count,
});
export type Recall = z.infer<typeof Recall>;

/** How the answers of both arms compare, and a checksum of what they have in common, in any sequence of ties. */
export const Answers = z.strictObject({
  comparison: AnswerComparison,
  /** Of a read that may answer approximately, of the answers before. */
  sha256: z.string(),
  /** Of such a read only. */
  recall: Recall.optional(),
});
export type Answers = z.infer<typeof Answers>;
