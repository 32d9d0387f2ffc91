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

/**
 * On which of two servers each arm was measured: in `AB` before on the server of `--before` and after on that of `--after`,
 * in `BA` each on the other one.
 */
export const Sequence = z.enum(['AB', 'BA']);
export type Sequence = z.infer<typeof Sequence>;

/** A block of each arm, with the same parameters, run in turns that `first` began. */
export const Pair = z.strictObject({
  /** The ordinal of its round; missing where an item was measured in one go, apart from the rounds. */
  round: z.int().positive().optional(),
  /** Missing where both arms are on one server. */
  sequence: Sequence.optional(),
  first: Arm,
  ...perArm(Block).shape,
});
export type Pair = z.infer<typeof Pair>;

/** One duration of each arm for each pair, in milliseconds, and the pair's round and sequence. */
export type PairedDurations = readonly (PerArm<number> & Pick<Pair, 'round' | 'sequence'>)[];
