import { z } from 'zod';
import { Arm, perArm } from './arm.ts';

/** A short run of one arm: the median of its executions, in milliseconds. */
export const Block = z.strictObject({
  medianMs: z.number().nonnegative(),
  executions: z.int().positive(),
});
export type Block = z.infer<typeof Block>;

/** A before block and an after block run back to back with the same parameters; `first` ran first. */
export const Pair = z.strictObject({
  first: Arm,
  ...perArm(Block).shape,
});
export type Pair = z.infer<typeof Pair>;
