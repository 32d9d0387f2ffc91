import { z } from 'zod';
import { Baseline } from './arm.ts';
import { Estimate } from './estimate.ts';
import { HotLoss } from './hot-loss.ts';
import { Hour } from './hour.ts';

/** Shares of reads and writes among the statements of an application: 4 and 1 are four reads for each write. */
export const Mix = z.strictObject({ reads: z.number().nonnegative(), writes: z.number().nonnegative() });
export type Mix = z.infer<typeof Mix>;

/** A read that the candidate is made for, and the least speedup that makes it worth while. */
export const Goal = z.strictObject({ read: z.string(), atLeast: z.number().min(1) });
export type Goal = z.infer<typeof Goal>;

export const MigrationVerdict = z.enum(['ship', 'ship with cost', 'do not ship', 'inconclusive']);
export type MigrationVerdict = z.infer<typeof MigrationVerdict>;

/**
 * The share of writes, from 0 to 1, at which the time saved and the time added are equal. `saves below`: with a smaller
 * share the candidate saves time; `saves above`: with a larger one. Where reads and writes go the same way there is none.
 */
export const BreakEven = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['saves below', 'saves above']), writeShare: Estimate }),
  z.strictObject({ state: z.enum(['saves at every share', 'saves at no share', 'anywhere']) }),
]);
export type BreakEven = z.infer<typeof BreakEven>;

/**
 * What 1,000 statements of the mix take less and more with the candidate, in milliseconds. They are those that have a
 * weight, so that every workload gives the same figures; each is drawn as often as its weight says among reads or writes.
 */
export const Balance = z.strictObject({
  /** What they take without the candidate. */
  beforeMs: Estimate,
  /** Of the statements that take less time. */
  savedMs: Estimate,
  /** Of the statements that take more. */
  addedMs: Estimate,
  /** Saved less added: more than 0 is time saved. */
  netMs: Estimate,
  /** Missing where reads or writes are. */
  breakEven: BreakEven.optional(),
});
export type Balance = z.infer<typeof Balance>;

/** What the whole migration comes to on one baseline. */
export const Migration = z.strictObject({
  baseline: Baseline,
  verdict: MigrationVerdict,
  /** Sentences: what decides, what it costs, what to do. */
  reasons: z.array(z.string()),
  mix: Mix,
  /** Missing while reads or writes that the mix asks for are. */
  balance: Balance.optional(),
  /** Where the suite's weights are calls per hour. */
  hour: Hour.optional(),
  /** Writes whose updates are HOT less often with the candidate, most lost first; missing in older results. */
  hotLost: z.array(HotLoss).optional(),
});
export type Migration = z.infer<typeof Migration>;
