import type { FanOut } from '../../bench/model/snapshot.ts';
import { Permutation } from './permutation.ts';

/** A row that is known to be referred to by so many. */
export interface KnownParent {
  /** In the order of the keys, from 0. */
  rank: number;
  children: number;
}

/** How many rows refer to each, in the order of the keys. */
export interface Counted {
  parents: number;
  /** Rows that refer to one. */
  children: number;
  fanOut: Pick<FanOut, 'childlessShare' | 'children'>;
  known: readonly KnownParent[];
  key: number;
}

/**
 * Shares out the rows that refer: known parents have theirs, the others those of the quantiles, in an order that looks random. What rounding
 * leaves is added to, or taken from, those with the most.
 */
export function parentCounts({ parents, children, fanOut, known, key }: Counted): Uint32Array {
  const counts = new Uint32Array(parents);
  const withChildren = Math.min(children, Math.round(parents * (1 - fanOut.childlessShare)));
  const named = spreadOut(known, parents).slice(0, withChildren);
  for (const { rank, children: some } of named) counts[rank] = some;
  const unnamed = withChildren - named.length;
  const others = descending(quantileCounts(fanOut.children, withChildren).subarray(0, unnamed));
  const left = children - named.reduce((sum, parent) => sum + parent.children, 0);
  settle(others, Math.max(unnamed, left));
  const order = new Permutation(parents, key);
  let given = 0;
  for (let nth = 0; given < unnamed && nth < parents; nth++) {
    const rank = order.at(nth);
    if (counts[rank] === 0) counts[rank] = others[given++] ?? 0;
  }
  return counts;
}

/** No two at one rank: the later goes to the next one that is free. */
function spreadOut(known: readonly KnownParent[], parents: number): KnownParent[] {
  const taken = new Set<number>();
  return known.slice(0, parents).map(({ rank, children }) => {
    let free = rank;
    while (taken.has(free)) free = (free + 1) % parents;
    taken.add(free);
    return { rank: free, children };
  });
}

/** The counts of so many parents, from the fewest children to the most. */
function quantileCounts(quantiles: readonly number[], parents: number): Uint32Array {
  const last = quantiles.length - 1;
  return Uint32Array.from({ length: parents }, (_, nth) => {
    const at = ((nth + 0.5) / parents) * last;
    const [below, above] = [quantiles[Math.floor(at)] ?? 1, quantiles[Math.ceil(at)] ?? 1];
    return Math.max(1, Math.round(below + (above - below) * (at % 1)));
  });
}

const descending = (counts: Uint32Array): Uint32Array => counts.sort().reverse();

/**
 * Brings the sum of falling counts to what is wanted, by the same ratio of what each has beyond 1. One at least is left to each, and
 * none gets more than the first had.
 */
function settle(counts: Uint32Array, wanted: number): void {
  const sum = counts.reduce((total, count) => total + count, 0);
  const beyond = sum - counts.length;
  const most = Math.max(counts[0] ?? 1, Math.ceil(wanted / counts.length));
  const ratio = beyond > 0 ? (wanted - counts.length) / beyond : 0;
  let [exact, given] = [0, 0];
  for (let at = 0; at < counts.length; at++) {
    exact += beyond > 0 ? ((counts[at] ?? 1) - 1) * ratio : (wanted - counts.length) / counts.length;
    const extra = Math.min(most - 1, Math.round(exact) - given);
    counts[at] = 1 + extra;
    given += extra;
  }
}
