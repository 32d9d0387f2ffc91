import { z } from 'zod';
import { Arm } from './arm.ts';

const pair = z.int().positive();

/** Something that may have put off a pair (its ordinal counts from 1), or all pairs from some moment on. */
export const Disturbance = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['checkpoint', 'autovacuum', 'other session']), pair }),
  /** The wall clock moved against the monotonic one. */
  z.strictObject({ kind: z.literal('clock step'), pair, stepMs: z.number() }),
  /** The pair took so much longer than most. */
  z.strictObject({ kind: z.literal('pause'), pair, pauseMs: z.number() }),
  /** The last plan of this arm is another than its first. */
  z.strictObject({ kind: z.literal('plan change'), arm: Arm }),
]);
export type Disturbance = z.infer<typeof Disturbance>;
