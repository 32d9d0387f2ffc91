import type { Failure } from './outcome.ts';
import type { Pair } from './pair.ts';
import type { PlanComparison } from './plan.ts';
import type { Parameter, ReadItem, Scheduled, WriteItem } from './work-item.ts';

/** What was measured of one item, before any analysis; a failed item keeps no pairs. */
export type ReadMeasurement = Scheduled<ReadItem> & { parameters: readonly Parameter[] } & (
    { state: 'measured'; pairs: readonly Pair[]; plans: PlanComparison } | { state: 'failed'; error: Failure }
  );

export type WriteMeasurement = Scheduled<WriteItem> &
  ({ state: 'measured'; pairs: readonly Pair[] } | { state: 'failed'; error: Failure });
