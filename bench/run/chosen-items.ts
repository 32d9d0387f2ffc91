import type { ReadItem, WriteItem } from '../model/work-item.ts';
import { CANARY_SHARES } from './measure-canaries.ts';
import { unitsOfRead } from './measure-reads.ts';
import type { RunRequest } from './run-request.ts';

/** What a run measures on each baseline. */
export interface ChosenItems {
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
  /** Those of the reads that are also measured with nothing in shared buffers. */
  bufferCold: readonly ReadItem[];
  /** The one that several sessions carry out at once. */
  concurrent: WriteItem | undefined;
  /** Measured in every run, whatever else is chosen. */
  canaries: { reads: readonly ReadItem[]; writes: readonly WriteItem[] };
  /** Units on one baseline, and the shares of the budget that they take. */
  units: number;
  shares: number;
}

export function chosenItems({ suite, only, workload }: RunRequest): ChosenItems {
  const isChosen = (item: ReadItem | WriteItem): boolean =>
    only.length > 0 ? only.includes(item.id) : item.workload === 'headline' || workload === 'full';
  const isCanary = ({ id }: ReadItem | WriteItem): boolean => suite.canaries.includes(id);
  const reads = suite.reads.filter(isChosen);
  const bufferCold = workload === 'full' ? reads.filter((read) => read.bufferCold) : [];
  const writes = suite.writes.filter(isChosen);
  const concurrent = workload === 'full' ? writes.find(({ id }) => id === suite.concurrentWrite) : undefined;
  const canaries = { reads: suite.reads.filter(isCanary), writes: suite.writes.filter(isCanary) };
  const readUnits = reads.reduce((sum, read) => sum + unitsOfRead(read), 0);
  const canaryUnits = canaries.reads.length + canaries.writes.length;
  const others = readUnits + bufferCold.length + writes.length;
  return {
    reads,
    writes,
    bufferCold,
    concurrent,
    canaries,
    units: others + canaryUnits,
    shares: others + canaryUnits * CANARY_SHARES,
  };
}
