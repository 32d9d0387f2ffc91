import type { Baseline } from '../model/arm.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import { CANARY_SHARES } from './items/canaries.ts';
import { unitsOfRead } from './items/reads.ts';
import { unmeasured, unmeasuredCold, type Measured } from './measured.ts';
import type { RunRequest } from './run-request.ts';

/** What a run measures on each baseline. */
export interface ChosenItems {
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
  /** The reads that are also measured with nothing in shared buffers. */
  bufferCold: readonly ReadItem[];
  /** The one that several sessions carry out at once. */
  concurrent: WriteItem | undefined;
  /** Measured in every run, whatever else is chosen. */
  canaries: { reads: readonly ReadItem[]; writes: readonly WriteItem[] };
}

/** How many units items are, and the shares of the budget that they take. */
interface Extent {
  units: number;
  shares: number;
}

export function chosenItems({ suite, only, workload }: RunRequest): ChosenItems {
  const isChosen = (item: ReadItem | WriteItem): boolean =>
    only.length > 0 ? only.includes(item.id) : item.workload === 'headline' || workload === 'full';
  // Which read becomes a canary, the seeded database tells: until then any one stands for it.
  const canaryIds = suite.canaries ?? canariesWith(suite.reads[0]?.id, suite.writes);
  const isCanary = ({ id }: ReadItem | WriteItem): boolean => canaryIds.includes(id);
  const reads = suite.reads.filter(isChosen);
  const bufferCold = workload === 'full' ? reads.filter((read) => read.bufferCold) : [];
  const writes = suite.writes.filter(isChosen);
  const concurrent = workload === 'full' ? writes.find(({ id }) => id === suite.concurrentWrite) : undefined;
  const canaries = { reads: suite.reads.filter(isCanary), writes: suite.writes.filter(isCanary) };
  return {
    reads,
    writes,
    bufferCold,
    concurrent,
    canaries,
  };
}

/** The canaries of a suite that names none: a read, the first INSERT and the first UPDATE. */
export function canariesWith(read: string | undefined, writes: readonly WriteItem[]): string[] {
  const first = (wanted: WriteItem['operation']): string | undefined =>
    writes.find(({ operation }) => operation === wanted)?.id;
  return [read, first('INSERT'), first('UPDATE')].filter((id) => id !== undefined);
}

/** The extent of what has not been measured yet on these baselines. */
export function unmeasuredExtent(
  { reads, writes, bufferCold, canaries }: ChosenItems,
  baselines: readonly Baseline[],
  measured: Measured,
): Extent {
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const ofBaseline = (baseline: Baseline): { others: number; canaries: number } => ({
    others:
      sum(unmeasured(reads, baseline, measured.reads).map(unitsOfRead)) +
      unmeasuredCold(bufferCold, baseline, measured).length +
      unmeasured(writes, baseline, measured.writes).length,
    canaries: unmeasured([...canaries.reads, ...canaries.writes], baseline, measured.canaries).length,
  });
  const each = baselines.map(ofBaseline);
  const others = sum(each.map((one) => one.others));
  const watched = sum(each.map((one) => one.canaries));
  return { units: others + watched, shares: others + watched * CANARY_SHARES };
}
