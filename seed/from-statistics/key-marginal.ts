import type { FanOut, ColumnStatistics } from '../../bench/model/snapshot.ts';
import type { Marginal, Run } from './marginal.ts';
import { parentCounts, type KnownParent } from './parent-counts.ts';
import { lastUpTo } from './spans.ts';

/** A foreign key of one column. */
export interface Reference {
  fanOut: FanOut;
  /** The values of the key referred to. */
  parent: Marginal;
  statistics: ColumnStatistics;
  /** Of the table, and those whose key is not NULL. */
  rows: number;
  size: number;
  /** Of the source's table: with others there are other parents. */
  sourceRows: number;
  /** Whether no two rows refer to the same one. */
  isUnique: boolean;
  key: number;
}

/** The keys of other rows, each as often as rows refer to it. */
export function keyMarginal(reference: Reference): Marginal {
  const { parent, size, key, isUnique } = reference;
  const counts = parentCounts({
    parents: parent.size,
    children: size,
    fanOut: isUnique ? { childlessShare: 1 - size / parent.size, children: [1] } : reference.fanOut,
    known: isUnique ? [] : knownParents(reference),
    key,
  });
  const starts = sumsOf(counts);
  let childless: number[] | undefined;
  return {
    size,
    at: (rank) => parent.at(lastUpTo(starts, rank, counts.length)),
    runs: () => runsOf(counts),
    unused: (nth) => {
      childless ??= [...counts.keys()].filter((rank) => counts[rank] === 0);
      const rank = childless[nth];
      return rank === undefined ? undefined : parent.at(rank);
    },
    compare: parent.compare,
  };
}

/** Sums before each, and of all. */
function sumsOf(counts: Uint32Array): Uint32Array {
  const sums = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at++) sums[at + 1] = (sums[at] ?? 0) + (counts[at] ?? 0);
  return sums;
}

function* runsOf(counts: Uint32Array): Iterable<Run> {
  for (const rows of counts) if (rows > 0) yield { rows, values: 1 };
}

/** The rows whose keys are the most common values, or those nearest to them. */
function knownParents({ statistics, parent, rows, sourceRows }: Reference): KnownParent[] {
  if (parent.size === 0 || rows !== sourceRows) return [];
  return statistics.mostCommon.map(({ value, share }) => ({
    rank: rankOf(parent, value),
    children: Math.max(1, Math.round(share * rows)),
  }));
}

function rankOf({ at, compare, size }: Marginal, value: string): number {
  let [low, high] = [0, size - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(String(at(middle)), value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
