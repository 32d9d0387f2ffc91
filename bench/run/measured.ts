import type { AccountFacts } from '../analyse/ledger/account.ts';
import type { Baseline } from '../model/arm.ts';
import type {
  CanaryMeasurement,
  ReadMeasurement,
  WriteMeasurement,
  YardstickMeasurement,
} from '../model/measurement.ts';
import type { LongRun } from '../model/long-run.ts';
import type { Concurrency, OpportunityResult } from '../model/result.ts';
import type { Round } from '../model/round.ts';
import type { ReadItem, Scheduled, WriteItem } from '../model/work-item.ts';

/** What has been measured, before any analysis. */
export interface Measured {
  reads: ReadMeasurement[];
  writes: WriteMeasurement[];
  canaries: CanaryMeasurement[];
  /** Of databases that are measured as they are. */
  yardsticks: YardstickMeasurement[];
  concurrency: Concurrency[];
  /** One, once it has been measured. */
  longRuns: LongRun[];
  opportunities: OpportunityResult[];
  /** Of each index that has been looked into so far, alone and as the last one. */
  facts: AccountFacts[];
  rounds: Round[];
}

export const nothingMeasured = (): Measured => ({
  reads: [],
  writes: [],
  canaries: [],
  yardsticks: [],
  concurrency: [],
  longRuns: [],
  opportunities: [],
  facts: [],
  rounds: [],
});

/** Whether an item needs no more measuring. */
export const holds = (
  measured: readonly (ReadMeasurement | WriteMeasurement | CanaryMeasurement)[],
  { item, baseline }: Scheduled<ReadItem | WriteItem>,
): boolean =>
  measured.some((one) => one.state === 'measured' && one.item.id === item.id && one.baseline === baseline);

/** The items that still have to be measured on a baseline. */
export const unmeasured = <Item extends ReadItem | WriteItem>(
  items: readonly Item[],
  baseline: Baseline,
  measured: Parameters<typeof holds>[0],
): Item[] => items.filter((item) => !holds(measured, { item, baseline }));

/** The reads that still have to be measured with nothing in shared buffers. */
export const unmeasuredCold = (
  items: readonly ReadItem[],
  baseline: Baseline,
  { reads }: Pick<Measured, 'reads'>,
): ReadItem[] => {
  const done = reads.filter((read) => read.state === 'measured' && read.bufferCold?.state === 'measured');
  return unmeasured(items, baseline, done);
};

/** The indexes that each write looked into in its counted executions, with the candidate. */
export const indexesUsedByWrites = (
  { writes }: Measured,
  baseline: Baseline,
): { id: string; indexes: string[] }[] =>
  writes.flatMap((write) =>
    write.state === 'measured' && write.baseline === baseline && write.counters
      ? [{ id: write.item.id, indexes: write.counters.after.scans.map(({ index }) => index) }]
      : [],
  );
