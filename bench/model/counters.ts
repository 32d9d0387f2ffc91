import { z } from 'zod';

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
});
export type ReadCounters = z.infer<typeof ReadCounters>;

/** Updates that a write item made on one arm; a HOT one left every index alone (PostgreSQL manual, 66.7). */
export const UpdateCounters = z.strictObject({ updates: count, hotUpdates: count });
export type UpdateCounters = z.infer<typeof UpdateCounters>;

/** `ties differ`: as many rows with the same sort keys, but others of those that tie at the limit. */
export const AnswerComparison = z.enum(['same', 'ties differ']);
export type AnswerComparison = z.infer<typeof AnswerComparison>;
