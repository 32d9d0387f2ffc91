import { z } from 'zod';
import { Baseline } from './arm.ts';
import { Estimate } from './estimate.ts';

/** Shares of reads and writes among the statements of an application: 4 and 1 are four reads for each write. */
export const Mix = z.strictObject({ reads: z.number().nonnegative(), writes: z.number().nonnegative() });
export type Mix = z.infer<typeof Mix>;

/** A read that the candidate is made for, and the least speedup that makes it worth while. */
export const Goal = z.strictObject({ read: z.string(), atLeast: z.number().min(1) });
export type Goal = z.infer<typeof Goal>;

export const MigrationVerdict = z.enum(['ship', 'ship with cost', 'do not ship', 'inconclusive']);
export type MigrationVerdict = z.infer<typeof MigrationVerdict>;

/** What the whole migration comes to on one baseline. */
export const Migration = z.strictObject({
  baseline: Baseline,
  verdict: MigrationVerdict,
  /** Sentences: what decides, what it costs, what to do. */
  reasons: z.array(z.string()),
  mix: Mix,
  /** Time of the mix before / after, every read alike among reads and every write among writes. */
  speedup: Estimate.optional(),
});
export type Migration = z.infer<typeof Migration>;
