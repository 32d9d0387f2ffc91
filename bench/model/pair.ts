import { z } from 'zod';
import { Arm, perArm, type PerArm } from './arm.ts';

/**
 * A short run of one arm: the median of its executions as the client sees them, and their mean as the server
 * does, planning and execution without the commit, where it tells. Both in milliseconds.
 */
export const Block = z.strictObject({
  medianMs: z.number().nonnegative(),
  executions: z.int().positive(),
  serverMeanMs: z.number().nonnegative().optional(),
});
export type Block = z.infer<typeof Block>;

/** A block of each arm, with the same parameters, run in turns that `first` began. */
export const Pair = z.strictObject({
  /** The ordinal of its round; missing where an item was measured in one go, apart from the rounds. */
  round: z.int().positive().optional(),
  first: Arm,
  ...perArm(Block).shape,
});
export type Pair = z.infer<typeof Pair>;

/** One duration of each arm for each pair, in milliseconds, and the pair's round. */
export type PairedDurations = readonly (PerArm<number> & Pick<Pair, 'round'>)[];
