import { z } from 'zod';
import { Baseline, perArm } from './arm.ts';
import { Answers, ReadCounters, WriteCounters } from './counters.ts';
import { Estimate, Verdict } from './estimate.ts';
import { Failure, Warning } from './outcome.ts';
import { Pair } from './pair.ts';
import { PlanComparison } from './plan.ts';
import { Tails } from './tails.ts';
import { Reproducibility, Times } from './times.ts';
import { WriteOperation } from './work-item.ts';

const item = {
  id: z.string(),
  title: z.string(),
  baseline: Baseline,
  sql: z.string(),
  /** How often it is called beside the other reads, or writes, of the mix; 0: it is no part of the mix. */
  weight: z.number().nonnegative(),
};
const failed = { state: z.literal('failed'), error: Failure };

/** By what factor before / after, the median over pairs, changes from the first third of the pairs to the last. */
const drift = z.number().nonnegative();

/** The times are those that the client saw; the verdict rests on their ratio. */
const measured = {
  state: z.literal('measured'),
  pairs: z.array(Pair),
  ...Times.shape,
  /** As the server saw it: planning and execution, without client and commit. Missing where it does not tell. */
  server: Times.optional(),
  /** Time on the server of `--after` / time on that of `--before`. Missing where both arms are on one server. */
  serverRatio: Estimate.exactOptional(),
  /** Missing where the pairs are not from several rounds. */
  reproducibility: Reproducibility.optional(),
  /** The same ratio over the quieter half of the rounds. */
  quietRounds: Estimate.optional(),
  /** Missing in older results, and where the pairs are not from several rounds. */
  tails: Tails.optional(),
  drift,
  /** Two-sided t test that the ratio is 1, before any adjustment for the number of rows. */
  pValue: z.number().min(0).max(1),
  verdict: Verdict,
  warnings: z.array(Warning),
};

/** The same read with nothing of its database in shared buffers; the operating system may still hold it. */
const BufferColdResult = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('measured'), pairs: z.array(Pair), ...Times.shape }),
  z.strictObject(failed),
]);
export type BufferColdResult = z.infer<typeof BufferColdResult>;

/** The same read as a prepared statement whose plan has to do for any values of its parameters. */
const GenericPlanResult = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('measured'),
    pairs: z.array(Pair),
    ...Times.shape,
    server: Times.optional(),
    plans: PlanComparison,
  }),
  /** As the read itself, but for planning, which takes less than a hundredth of its time: not timed. */
  z.strictObject({ state: z.literal('same plan'), plans: PlanComparison }),
  z.strictObject(failed),
]);
export type GenericPlanResult = z.infer<typeof GenericPlanResult>;

const read = { ...item, source: z.string(), parameters: z.array(z.string().nullable()) };

/** `estimate` is the speedup, before / after: more than 1 is faster. */
export const MeasuredRead = z.strictObject({
  ...read,
  ...measured,
  plans: PlanComparison,
  counters: perArm(ReadCounters),
  /** What planning takes, as EXPLAIN times it; its `estimate` is an overhead, after / before - 1. */
  planning: Times.optional(),
  /** Of a distributed query, what planning a task takes on its node; `planning` is the coordinator's. */
  taskPlanning: Times.optional(),
  answers: Answers,
  /** Of a read with parameters. */
  generic: GenericPlanResult.optional(),
  bufferCold: BufferColdResult.optional(),
});
export type MeasuredRead = z.infer<typeof MeasuredRead>;
export const ReadResult = z.discriminatedUnion('state', [
  MeasuredRead,
  z.strictObject({ ...read, ...failed }),
]);
export type ReadResult = z.infer<typeof ReadResult>;

const write = { ...item, table: z.string(), operation: WriteOperation };

/** `estimate` is the overhead, after / before - 1: more than 0 is slower. */
export const MeasuredWrite = z.strictObject({
  ...write,
  ...measured,
  /** Exact, taken apart from the timed executions. Missing where the server does not count. */
  counters: perArm(WriteCounters).optional(),
  /** With `synchronous_commit` off: what the client waits for is then the server's work alone. */
  asynchronous: z.strictObject({ pairs: z.array(Pair), ...Times.shape }).optional(),
});
export type MeasuredWrite = z.infer<typeof MeasuredWrite>;
export const WriteResult = z.discriminatedUnion('state', [
  MeasuredWrite,
  z.strictObject({ ...write, ...failed }),
]);
export type WriteResult = z.infer<typeof WriteResult>;

const canary = { id: z.string(), title: z.string(), baseline: Baseline };

/**
 * An item between two copies without the candidate. `estimate` is before / after with a 99 % interval, which
 * `isQuiet` says to lie within [0.95, 1.05].
 */
export const CanaryResult = z.discriminatedUnion('state', [
  z.strictObject({
    ...canary,
    state: z.literal('measured'),
    pairs: z.array(Pair),
    ...Times.shape,
    /** As of other items. */
    serverRatio: Estimate.exactOptional(),
    tails: Tails.optional(),
    drift,
    isQuiet: z.boolean(),
  }),
  z.strictObject({ ...canary, ...failed }),
]);
export type CanaryResult = z.infer<typeof CanaryResult>;
