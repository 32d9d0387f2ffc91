import { z } from 'zod';
import { Arm, Baseline, perArm } from './arm.ts';
import { Estimate } from './estimate.ts';

const milliseconds = z.number().nonnegative();
const whole = z.int().nonnegative();

/** Of all executions together. `longestMs` is also the longest time in which a session got nothing done. */
export const Latency = z.strictObject({
  p50Ms: milliseconds,
  p95Ms: milliseconds,
  p99Ms: milliseconds,
  longestMs: milliseconds,
});
export type Latency = z.infer<typeof Latency>;

/** Some seconds of load on one arm without a break. */
export const Stretch = z.strictObject({
  arm: Arm,
  /** Executions that ended in each second. */
  executions: z.array(whole),
  latency: Latency,
  /** Executions that met a conflict with another session, or with a row that was gone. */
  refused: whole,
  /** The seconds in which a checkpoint ended, from 0. */
  checkpoints: z.array(whole),
  /** The seconds in which autovacuum was done with a table. */
  vacuums: z.array(whole),
});
export type Stretch = z.infer<typeof Stretch>;

/** What of an arm lies on disk, and what of it is of no more use. */
export const ArmSize = z.strictObject({ tableBytes: whole, indexBytes: whole, deadRows: whole });
export type ArmSize = z.infer<typeof ArmSize>;

/** An arm over all its stretches. */
const LoadedArm = z.strictObject({
  /** The mean over all seconds. */
  executionsPerSecond: z.number().nonnegative(),
  /** Seconds with less than a quarter of the median second's executions. */
  stalledSeconds: whole,
  latency: Latency,
  atStart: ArmSize,
  atEnd: ArmSize,
});
export type LoadedArm = z.infer<typeof LoadedArm>;

/** Many sessions execute the statements of the mix at once, on one arm after the other. */
export const LongRun = z.strictObject({
  baseline: Baseline,
  sessions: z.int().positive(),
  /** In the order in which they took place. */
  stretches: z.array(Stretch),
  ...perArm(LoadedArm).shape,
  /** Throughput after / before; missing where too little was executed. */
  throughput: Estimate.optional(),
  /** Of the server meanwhile, by name. */
  settings: z.record(z.string(), z.string()),
  /** Titles of writes that found no more rows to write to. */
  usedUp: z.array(z.string()),
  /** Titles of statements of the mix that could not be measured. */
  leftOut: z.array(z.string()),
});
export type LongRun = z.infer<typeof LongRun>;
