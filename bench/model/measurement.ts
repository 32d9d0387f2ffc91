import { z } from 'zod';
import type { PerArm } from './arm.ts';
import type { Answers, ReadCounters, WriteCounters } from './counters.ts';
import type { Disturbance } from './disturbance.ts';
import type { Outcome } from './outcome.ts';
import type { Pair, PairedDurations } from './pair.ts';
import type { PlanComparison } from './plan.ts';
import type { RoundExecutions } from './tails.ts';
import type { Parameter, ReadItem, Scheduled, WriteItem } from './work-item.ts';

/** Pairs, and what may have put them off. */
export interface Timed {
  pairs: readonly Pair[];
  disturbances: readonly Disturbance[];
  /** What their executions took, a visit each; missing where only the medians of blocks are wanted. */
  executions?: readonly RoundExecutions[];
}

export const NOTHING_TIMED: Timed = { pairs: [], disturbances: [] };

/** What one read is, apart from how long it takes: all exact but the planning times. */
export interface ReadExamination {
  answers: Answers;
  plans: PlanComparison;
  counters: PerArm<ReadCounters>;
  planning: PairedDurations;
  /** Of a distributed query, that of a task on its node; `planning` is the coordinator's. */
  taskPlanning?: PairedDurations;
}

/** A read with parameters, timed with the plan that has to do for all of their values. */
interface GenericPlanTiming extends Timed {
  plans: PlanComparison;
}

/** What the plan for all values comes to: where it is the one for these values, and planning is next to nothing, no time. */
export type GenericPlanMeasurement =
  Outcome<GenericPlanTiming> | { state: 'same plan'; plans: PlanComparison };

/** What was measured of one item, before any analysis; a failed item keeps no pairs. */
export type ReadMeasurement<Item = ReadItem> = Scheduled<Item> & {
  parameters: readonly Parameter[];
} & Outcome<ReadExamination & Timed & { generic?: GenericPlanMeasurement; bufferCold?: Outcome<Timed> }>;

/** An item measured between two copies without the candidate. */
export type CanaryMeasurement<Item = ReadItem | WriteItem> = Scheduled<Item> & Outcome<Timed>;

/** Whether one side of a yardstick is on each server, or both are on that of one arm. */
export const Between = z.enum(['servers', 'before', 'after']);
export type Between = z.infer<typeof Between>;

/** A read without the candidate, measured between databases that stay on their servers, or between sessions of one of them. */
export type YardstickMeasurement<Item = ReadItem> = Scheduled<Item> & { between: Between } & Outcome<Timed>;

/** A write's pairs, and what was counted of it; nothing where the server does not count. */
interface WriteTiming extends Timed {
  counters?: PerArm<WriteCounters> | undefined;
  /** With `synchronous_commit` off; of some writes only. */
  asynchronous?: Timed | undefined;
}

export type WriteMeasurement<Item = WriteItem> = Scheduled<Item> & Outcome<WriteTiming>;
