import type { Cell } from '../../bench/model/dataset.ts';
import { RunError } from '../../bench/model/errors.ts';
import { hash } from './hash.ts';
import type { KeyedRows } from './keyed-rows.ts';
import { stackedRanks } from './stacked-ranks.ts';

/** Rows that a value is exchanged with, at most, until both are in no other row. */
const MOST_TRIALS = 200;

/** Rows among which one is looked for: first near by, so that rows in order stay nearly so. */
const nearTo = (trial: number): number => 16 * 2 ** (trial >> 3);

/** What a row has in all columns of a key, the last one apart. */
export const pairOf = (others: string, value: Cell): string => `${String(value)}\u0000${others}`;

/** Ranks of the last column for the rows that do not keep theirs, and what all rows have then in the columns of the key. */
export interface DistinctRows {
  ranks: ReadonlyMap<number, number>;
  pairs: ReadonlySet<string>;
}

/**
 * Rows that would have equalled another one exchange their value with rows anywhere; all others keep theirs. Where chance finds
 * no such rows, all values are given out anew.
 *
 * @throws RunError where there are too few values
 */
export function distinctRows(keyed: KeyedRows): DistinctRows {
  const { repeated, pairs } = pairsOf(keyed, keyed.rankAt);
  const exchanges = { pairs, ranks: new Map<number, number>(), waiting: new Set(repeated) };
  const isDone = repeated.every((place) => {
    const found = exchange(keyed, exchanges, place);
    exchanges.waiting.delete(place);
    return found;
  });
  if (isDone) return exchanges;
  const ranks = stackedRanks(keyed);
  if (!ranks) throw tooFew(keyed);
  return { ranks, pairs: pairsOf(keyed, (place) => ranks.get(place) ?? keyed.rankAt(place)).pairs };
}

const tooFew = ({ table, columns }: KeyedRows): RunError =>
  new RunError(
    `The rows of table ${table} cannot be made: ${columns.join(', ')} are unique together, and their statistics have too few values`,
    { remedy: 'Run ANALYZE in the source, and take the snapshot again.' },
  );

function pairsOf(
  { rows, others, valueAt }: KeyedRows,
  rankAt: (place: number) => number,
): { repeated: number[]; pairs: Set<string> } {
  const pairs = new Set<string>();
  const repeated: number[] = [];
  for (let place = 0; place < rows; place++) {
    const [rest, rank] = [others(place), rankAt(place)];
    if (rest === undefined || rank < 0) continue;
    const pair = pairOf(rest, valueAt(rank));
    if (pairs.has(pair)) repeated.push(place);
    else pairs.add(pair);
  }
  return { repeated, pairs };
}

interface Exchanges {
  pairs: Set<string>;
  ranks: Map<number, number>;
  /** Places whose pairs are not among them. */
  waiting: ReadonlySet<number>;
}

/** @returns whether a row was found to exchange with */
function exchange(keyed: KeyedRows, { pairs, ranks, waiting }: Exchanges, place: number): boolean {
  const { rows, others, rankAt, valueAt, key } = keyed;
  const current = (at: number): number => ranks.get(at) ?? rankAt(at);
  const rest = others(place) ?? '';
  const rank = current(place);
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const other = (place + 1 + (hash(key + trial, place) % Math.min(rows, nearTo(trial)))) % rows;
    const [otherRest, otherRank] = [others(other), current(other)];
    if (otherRank < 0 || waiting.has(other)) continue;
    const mine = pairOf(rest, valueAt(otherRank));
    const theirs = otherRest === undefined ? undefined : pairOf(otherRest, valueAt(rank));
    if (mine === theirs || pairs.has(mine) || (theirs !== undefined && pairs.has(theirs))) continue;
    if (otherRest !== undefined) pairs.delete(pairOf(otherRest, valueAt(otherRank)));
    pairs.add(mine);
    if (theirs !== undefined) pairs.add(theirs);
    ranks.set(place, otherRank).set(other, rank);
    return true;
  }
  return false;
}
