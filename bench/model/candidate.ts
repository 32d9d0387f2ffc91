import { z } from 'zod';
import { Baseline } from './arm.ts';
import { NodeBuild } from './cluster.ts';

const bytes = z.int().nonnegative();

/**
 * In which transactions a file is carried out, where its author says so: `whole`: all of it in one; `none`: each statement in
 * its own; `message`: as one message of several statements, which are one transaction unless they begin and end some
 * (PostgreSQL manual, 53.2.2.1).
 */
export const FileTransaction = z.enum(['whole', 'none', 'message']);
export type FileTransaction = z.infer<typeof FileTransaction>;

export const CandidateIndex = z.strictObject({
  name: z.string(),
  table: z.string(),
  /** As `pg_get_indexdef` prints it. */
  definition: z.string(),
  bytes,
  /** On every baseline, as the catalog has it. */
  isValid: z.boolean(),
  /** Time that CREATE INDEX took, the mean over the baselines it was built on; missing where it was there already. */
  buildMs: z.number().nonnegative().exactOptional(),
  builds: z.array(
    z.strictObject({
      baseline: Baseline,
      buildMs: z.number().nonnegative(),
      /** On a cluster, those nodes that tell. */
      nodes: z.array(NodeBuild).exactOptional(),
    }),
  ),
  /** On the shards of a cluster: how many, and how many of them are INVALID or missing. */
  copies: z.strictObject({ count: z.int().positive(), invalid: z.int().nonnegative() }).optional(),
});
export type CandidateIndex = z.infer<typeof CandidateIndex>;

/** A lock on a table, as pg_locks names it. `manual`: too short to be seen, and taken from PostgreSQL's manual. */
const AppliedLock = z.strictObject({
  table: z.string(),
  mode: z.string(),
  knownFrom: z.literal('manual').optional(),
});

/**
 * One statement of the migration, as it was carried out on the arm `after`. `locks` are the strongest that it took on each
 * table that was there before.
 */
export const AppliedStatement = z.strictObject({
  sql: z.string(),
  durationMs: z.number().nonnegative(),
  locks: z.array(AppliedLock),
  /** Missing in older results, which have the first kind only. */
  locksHeld: z.enum(['to the end of the transaction', 'while it runs']).optional(),
  /** Tables whose rows were all written anew. */
  rewritten: z.array(z.string()),
});
export type AppliedStatement = z.infer<typeof AppliedStatement>;

const DroppedIndex = z.strictObject({ name: z.string(), table: z.string(), definition: z.string(), bytes });

export const Candidate = z.strictObject({
  name: z.string(),
  indexes: z.array(CandidateIndex),
  /** On the first baseline that was measured, as `statements`. */
  dropped: z.array(DroppedIndex).optional(),
  statements: z.array(AppliedStatement).optional(),
});
export type Candidate = z.infer<typeof Candidate>;
