import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { RunRequest } from './run-request.ts';

/** What a run measures on each baseline. */
export interface ChosenItems {
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
  /** The reads that are also measured with nothing in shared buffers. */
  bufferCold: readonly ReadItem[];
  /** The one that several sessions carry out at once. */
  concurrent: WriteItem | undefined;
  /** Whether all of them together are executed by many sessions at once. */
  isLongRun: boolean;
  /** Measured in every run that measures others of their kind. */
  canaries: { reads: readonly ReadItem[]; writes: readonly WriteItem[] };
}

export function chosenItems({ suite, only, workload }: RunRequest): ChosenItems {
  const isChosen = (item: ReadItem | WriteItem): boolean =>
    only.length > 0 ? only.includes(item.id) : item.workload === 'headline' || workload === 'full';
  // Which reads become canaries, the seeded database tells: until then any two stand for them.
  const canaryIds =
    suite.canaries ??
    canariesWith(
      suite.reads.slice(0, 2).map(({ id }) => id),
      suite.writes,
    );
  const isCanary = ({ id }: ReadItem | WriteItem): boolean => canaryIds.includes(id);
  const reads = suite.reads.filter(isChosen);
  const bufferCold = workload === 'full' ? reads.filter((read) => read.bufferCold) : [];
  const writes = suite.writes.filter(isChosen);
  const concurrent = workload === 'full' ? writes.find(({ id }) => id === suite.concurrentWrite) : undefined;
  const canaries = {
    reads: reads.length > 0 ? suite.reads.filter(isCanary) : [],
    writes: writes.length > 0 ? suite.writes.filter(isCanary) : [],
  };
  return {
    reads,
    writes,
    bufferCold,
    concurrent,
    isLongRun: workload === 'full' && only.length === 0 && reads.length > 0 && writes.length > 0,
    canaries,
  };
}

/** The canaries of a suite that names none: these reads, the first INSERT and the first UPDATE. */
export function canariesWith(reads: readonly string[], writes: readonly WriteItem[]): string[] {
  const first = (wanted: WriteItem['operation']): string | undefined =>
    writes.find(({ operation }) => operation === wanted)?.id;
  return [...reads, first('INSERT'), first('UPDATE')].filter((id) => id !== undefined);
}
