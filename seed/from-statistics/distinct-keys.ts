import type { Cell } from '../../bench/model/dataset.ts';
import { RunError } from '../../bench/model/errors.ts';
import { hash } from './hash.ts';

/** Columns that have to differ together. The last one's values may be exchanged between rows. */
export interface KeyedRows {
  table: string;
  columns: readonly string[];
  rows: number;
  /** What the other columns have together; undefined for a row that may equal another. */
  others: (place: number) => string | undefined;
  rankAt: (place: number) => number;
  valueAt: (rank: number) => Cell;
  key: number;
}

/** Rows that a value is exchanged with, at most, until both are in no other row. */
const MOST_TRIALS = 2000;

/** What a row has in all columns of a key, the last one apart. */
export const pairOf = (others: string, value: Cell): string => `${String(value)}\u0000${others}`;

/**
 * Ranks of the last column for the rows that would have equalled another: they exchange theirs with rows anywhere. All other
 * rows keep what they have.
 *
 * @throws RunError where no exchange makes them differ
 */
export function exchangedRanks(keyed: KeyedRows): { ranks: Map<number, number>; pairs: Set<string> } {
  const { rows, others, rankAt, valueAt } = keyed;
  const pairs = new Set<string>();
  const repeated: number[] = [];
  for (let place = 0; place < rows; place++) {
    const rest = others(place);
    const rank = rankAt(place);
    if (rest === undefined || rank < 0) continue;
    const pair = pairOf(rest, valueAt(rank));
    if (pairs.has(pair)) repeated.push(place);
    else pairs.add(pair);
  }
  const ranks = new Map<number, number>();
  const waiting = new Set(repeated);
  for (const place of repeated) {
    exchange(keyed, { pairs, ranks, waiting }, place);
    waiting.delete(place);
  }
  return { ranks, pairs };
}

interface Exchanges {
  pairs: Set<string>;
  ranks: Map<number, number>;
  /** Places whose pairs are not among them. */
  waiting: ReadonlySet<number>;
}

function exchange(keyed: KeyedRows, { pairs, ranks, waiting }: Exchanges, place: number): void {
  const { rows, others, rankAt, valueAt, key } = keyed;
  const current = (at: number): number => ranks.get(at) ?? rankAt(at);
  const rest = others(place) ?? '';
  const rank = current(place);
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const other = hash(key + trial, place) % rows;
    const [otherRest, otherRank] = [others(other), current(other)];
    if (otherRank < 0 || waiting.has(other)) continue;
    const mine = pairOf(rest, valueAt(otherRank));
    const theirs = otherRest === undefined ? undefined : pairOf(otherRest, valueAt(rank));
    if (mine === theirs || pairs.has(mine) || (theirs !== undefined && pairs.has(theirs))) continue;
    if (otherRest !== undefined) pairs.delete(pairOf(otherRest, valueAt(otherRank)));
    pairs.add(mine);
    if (theirs !== undefined) pairs.add(theirs);
    ranks.set(place, otherRank).set(other, rank);
    return;
  }
  throw new RunError(
    `The rows of table ${keyed.table} cannot be made: ${keyed.columns.join(', ')} are unique together, and their statistics leave too few pairs`,
    { remedy: 'Run ANALYZE in the source, and take the snapshot again.' },
  );
}
