import { z } from 'zod';
import { perArm } from './arm.ts';
import { Estimate } from './estimate.ts';

/**
 * Both durations of one execution, each the median over pairs, and their ratio: the speedup of a read, the
 * overhead of a write.
 */
export const Times = z.strictObject({
  ...perArm(z.strictObject({ durationMs: Estimate })).shape,
  estimate: Estimate,
});
export type Times = z.infer<typeof Times>;
