import { z } from 'zod';
import { perArm } from './arm.ts';
import { Estimate } from './estimate.ts';

/**
 * Both durations of one execution, over the rounds, and their ratio: the speedup of a read, the overhead of a
 * write.
 */
export const Times = z.strictObject({
  ...perArm(z.strictObject({ durationMs: Estimate })).shape,
  estimate: Estimate,
});
export type Times = z.infer<typeof Times>;

/** How the ratios of a run's rounds differ: standard deviations of ln(before / after). */
export const Reproducibility = z.strictObject({
  /** Of the pairs of one round. */
  withinRounds: z.number().nonnegative(),
  /** Of the rounds, beyond what their pairs explain: the machine changed. */
  betweenRounds: z.number().nonnegative(),
});
export type Reproducibility = z.infer<typeof Reproducibility>;
