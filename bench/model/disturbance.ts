import type { Arm } from './arm.ts';

/** Something that may have put off a pair (its ordinal counts from 1), or all pairs from some moment on. */
export type Disturbance =
  | { kind: 'checkpoint' | 'autovacuum' | 'other session'; pair: number }
  /** The wall clock moved against the monotonic one. */
  | { kind: 'clock step'; pair: number; stepMs: number }
  /** The last plan of this arm is another than its first. */
  | { kind: 'plan change'; arm: Arm };
