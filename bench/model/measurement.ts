import type { PerArm } from './arm.ts';
import type { AnswerComparison, ReadCounters } from './counters.ts';
import type { Failure } from './outcome.ts';
import type { Pair, PairedDurations } from './pair.ts';
import type { PlanComparison } from './plan.ts';
import type { Parameter, ReadItem, Scheduled, WriteItem } from './work-item.ts';

/** What one read is, apart from how long it takes: all exact but the planning times. */
export interface ReadExamination {
  answers: AnswerComparison;
  plans: PlanComparison;
  counters: PerArm<ReadCounters>;
  planning: PairedDurations;
}

/** What was measured of one item, before any analysis; a failed item keeps no pairs. */
export type ReadMeasurement = Scheduled<ReadItem> & { parameters: readonly Parameter[] } & (
    ({ state: 'measured'; pairs: readonly Pair[] } & ReadExamination) | { state: 'failed'; error: Failure }
  );

export type WriteMeasurement = Scheduled<WriteItem> &
  ({ state: 'measured'; pairs: readonly Pair[] } | { state: 'failed'; error: Failure });
