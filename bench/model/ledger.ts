import { z } from 'zod';
import { Baseline, perArm } from './arm.ts';
import { WriteCounters } from './counters.ts';
import { Estimate } from './estimate.ts';
import { HotLoss } from './hot-loss.ts';
import { HourlyWorth } from './hour.ts';
import { Failure } from './outcome.ts';
import { Times } from './times.ts';
import { WriteOperation } from './work-item.ts';

/** Each effect compares a database without one index (`before`) to the same with it (`after`). */
export const ServedRead = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What reads instead where the index is missing: index names, none for a sequential scan. */
  instead: z.array(z.string()),
  /** `estimate` is the speedup that the index gives. */
  ...Times.shape,
});
export type ServedRead = z.infer<typeof ServedRead>;

export const ChargedWrite = z.strictObject({
  id: z.string(),
  title: z.string(),
  table: z.string(),
  operation: WriteOperation,
  counters: perArm(WriteCounters).optional(),
  /** `estimate` is the overhead. Missing where the counts are the same, so that there is nothing to time. */
  times: Times.optional(),
});
export type ChargedWrite = z.infer<typeof ChargedWrite>;

/** What one index changes: the reads that get another plan with it, and every write to its table. */
export const IndexEffect = z.strictObject({ reads: z.array(ServedRead), writes: z.array(ChargedWrite) });
export type IndexEffect = z.infer<typeof IndexEffect>;

/** One way to build an index while another session writes to its table. */
export const IndexBuild = z.strictObject({
  buildMs: z.number().nonnegative(),
  /** As pg_locks names it; missing when it was gone before it was seen. */
  lock: z.string().optional(),
  /** The longest that a write took meanwhile. Missing where the suite has no INSERT into the table. */
  longestWriteMs: z.number().nonnegative().optional(),
  /** The median of the same write just before. */
  usualWriteMs: z.number().nonnegative().optional(),
  /** Whether the catalog calls the index valid afterwards. */
  isValid: z.boolean(),
});
export type IndexBuild = z.infer<typeof IndexBuild>;

/** Both ways to build one index. A partitioned one cannot be built concurrently (PostgreSQL manual, CREATE INDEX). */
export const Builds = z.strictObject({ plain: IndexBuild, concurrently: IndexBuild.optional() });
export type Builds = z.infer<typeof Builds>;

/** An index that existed before, whose keys the candidate's index begins with, and what dropping it would change. */
export const Redundancy = z.strictObject({
  name: z.string(),
  relation: z.enum(['the same keys', 'its leading keys']),
  bytes: z.int().nonnegative(),
  /** Reads and writes with it against those without it, beside the whole candidate. */
  effect: IndexEffect,
});
export type Redundancy = z.infer<typeof Redundancy>;

export const Recommendation = z.strictObject({
  action: z.enum(['keep', 'keep instead of', 'merge with', 'drop', 'not exercised by this workload']),
  /** The index that the action is about, beside this one. */
  other: z.string().optional(),
  reason: z.string(),
});
export type Recommendation = z.infer<typeof Recommendation>;

/** How many of the reads that an index serves pay for one of the writes that it burdens. */
const BreakEven = z.strictObject({ write: z.string(), readsPerWrite: Estimate });
export type BreakEven = z.infer<typeof BreakEven>;

/** `isShared`: other indexes of the candidate prevent HOT updates of this write, too. Without this one alone they stay lost. */
export const IndexHotLoss = HotLoss.extend({ isShared: z.boolean() });
export type IndexHotLoss = z.infer<typeof IndexHotLoss>;

const account = { name: z.string(), table: z.string(), definition: z.string() };

/** What one index of the candidate earns and costs. */
export const MeasuredAccount = z.strictObject({
  ...account,
  state: z.literal('measured'),
  bytes: z.int().nonnegative(),
  builds: Builds,
  /** Ids of the items that looked into it, with the whole candidate in place. */
  usedBy: z.array(z.string()),
  /** Beside the baseline's indexes only. */
  alone: IndexEffect,
  /** As the last of the candidate's. */
  last: IndexEffect,
  /** The last, too, but of those that are recommended to be kept. Missing while that has not been found out. */
  finally: IndexEffect.optional(),
  redundant: z.array(Redundancy),
  /** An index of the baseline that this one adds no key to. */
  coveredBy: z.string().optional(),
  breakEven: BreakEven.optional(),
  /** Where the suite's weights are calls per hour. */
  hour: HourlyWorth.optional(),
  /** Writes whose updates are HOT less often with this index alone; missing in older results. */
  hotLost: z.array(IndexHotLoss).optional(),
  recommendation: Recommendation,
});
export type MeasuredAccount = z.infer<typeof MeasuredAccount>;

export const IndexAccount = z.discriminatedUnion('state', [
  MeasuredAccount,
  z.strictObject({ ...account, state: z.literal('failed'), error: Failure }),
]);
export type IndexAccount = z.infer<typeof IndexAccount>;

/** What an interrupted CREATE INDEX CONCURRENTLY leaves behind, provoked on a copy. */
export const InterruptedBuild = z.strictObject({
  name: z.string(),
  /** How PostgreSQL ended the statement. */
  error: z.string(),
  isValid: z.boolean(),
  bytes: z.int().nonnegative(),
});
export type InterruptedBuild = z.infer<typeof InterruptedBuild>;

/** The accounts of the candidate's indexes on one baseline. */
export const Ledger = z.strictObject({
  baseline: Baseline,
  /** What the writes to each table cost with the whole candidate, carried out as in the accounts. */
  whole: z.array(ChargedWrite),
  accounts: z.array(IndexAccount),
  leftover: InterruptedBuild.optional(),
});
export type Ledger = z.infer<typeof Ledger>;
