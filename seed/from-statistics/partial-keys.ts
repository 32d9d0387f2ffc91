import { hash } from './hash.ts';

/** Rows of which at most one with the same values in a key may be one that a partial index has. */
export interface PartialRows {
  rows: number;
  /** What a row has in the columns of the key; undefined where it has NULL. */
  valuesOf: (place: number) => string | undefined;
  /** Whether the index has a row of this rank in the column that decides it. */
  isIn: (rank: number, place: number) => boolean;
  rankAt: (place: number) => number;
  key: number;
}

/** Rows that are looked at, at most, for one to stand in for another. */
const MOST_TRIALS = 20_000;

/** Ranks in the deciding column for rows that leave the index, and for those that come into it instead: as many. */
export function partialRanks({ rows, valuesOf, isIn, rankAt, key }: PartialRows): Map<number, number> {
  const inIndex = new Set<string>();
  const repeated: number[] = [];
  for (let place = 0; place < rows; place++) {
    const values = valuesOf(place);
    if (values === undefined || !isIn(rankAt(place), place)) continue;
    if (inIndex.has(values)) repeated.push(place);
    else inIndex.add(values);
  }
  const ranks = new Map<number, number>();
  for (const place of repeated) {
    const other = standIn(place);
    if (other !== undefined) ranks.set(place, rankAt(other)).set(other, rankAt(place));
  }
  return ranks;

  function standIn(place: number): number | undefined {
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      const other = hash(key + trial, place) % rows;
      const values = valuesOf(other);
      if (values === undefined || inIndex.has(values) || ranks.has(other)) continue;
      const [mine, theirs] = [rankAt(place), rankAt(other)];
      if (isIn(theirs, other) || isIn(theirs, place) || !isIn(mine, other)) continue;
      inIndex.add(values);
      return other;
    }
    return undefined;
  }
}
