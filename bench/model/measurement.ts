import type { PerArm } from './arm.ts';
import type { AnswerComparison, ReadCounters } from './counters.ts';
import type { Failure } from './outcome.ts';
import type { Pair } from './pair.ts';
import type { PlanComparison } from './plan.ts';
import type { Parameter, ReadItem, Scheduled, WriteItem } from './work-item.ts';

/** What is exact about one read. */
export interface ReadExamination {
  answers: AnswerComparison;
  plans: PlanComparison;
  counters: PerArm<ReadCounters>;
}

/** What was measured of one item, before any analysis; a failed item keeps no pairs. */
export type ReadMeasurement = Scheduled<ReadItem> & { parameters: readonly Parameter[] } & (
    ({ state: 'measured'; pairs: readonly Pair[] } & ReadExamination) | { state: 'failed'; error: Failure }
  );

export type WriteMeasurement = Scheduled<WriteItem> &
  ({ state: 'measured'; pairs: readonly Pair[] } | { state: 'failed'; error: Failure });
