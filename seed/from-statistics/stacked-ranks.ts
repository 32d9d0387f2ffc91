import type { KeyedRows } from './keyed-rows.ts';

/** Rows that have the same values in the other columns of a key. */
type Group = number[];

/**
 * Gives the rows of each group different values, where chance finds none: groups take their turns, the largest first, and each
 * takes the values of which most are left. It succeeds whenever anything does (Gale 1957, "A theorem on flows in networks";
 * Ryser 1957).
 *
 * @returns a rank for each row that has to differ; undefined where a group has more rows than there are values
 */
export function stackedRanks({ rows, others, rankAt, valueAt }: KeyedRows): Map<number, number> | undefined {
  const groups = new Map<string, Group>();
  const counts = new Map<string, { rank: number; count: number }>();
  for (let place = 0; place < rows; place++) {
    const [rest, rank] = [others(place), rankAt(place)];
    if (rest === undefined || rank < 0) continue;
    const group = groups.get(rest);
    if (group) group.push(place);
    else groups.set(rest, [place]);
    const value = String(valueAt(rank));
    const known = counts.get(value) ?? { rank, count: 0 };
    counts.set(value, { rank: Math.min(rank, known.rank), count: known.count + 1 });
  }
  return stacked([...groups.values()], [...counts.values()]);
}

function stacked(
  groups: readonly Group[],
  values: readonly { rank: number; count: number }[],
): Map<number, number> | undefined {
  const sorted = values.toSorted((a, b) => b.count - a.count);
  const left = sorted.map(({ count }) => count);
  const ranks = new Map<number, number>();
  for (const places of groups.toSorted((a, b) => b.length - a.length)) {
    if (places.length > sorted.length) return undefined;
    const taken = takeLargest(left, places.length).map((at) => sorted[at]?.rank ?? 0);
    taken.sort((a, b) => a - b);
    for (const [nth, place] of places.entries()) ranks.set(place, taken[nth] ?? 0);
  }
  return ranks;
}

/** Takes 1 from so many of the largest numbers, and from the last of those that are equal: they stay sorted. */
function takeLargest(descending: number[], wanted: number): number[] {
  const least = descending[wanted - 1] ?? 0;
  const above = firstNotAbove(descending, least);
  const end = firstNotAbove(descending, least - 1);
  const fromEqual = wanted - above;
  const taken = [
    ...Array.from({ length: above }, (_, at) => at),
    ...Array.from({ length: fromEqual }, (_, at) => end - fromEqual + at),
  ];
  for (const at of taken) descending[at] = (descending[at] ?? 0) - 1;
  return taken;
}

/** Where the first of falling numbers lies that is not above a limit. */
function firstNotAbove(descending: readonly number[], limit: number): number {
  let [low, high] = [0, descending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((descending[middle] ?? 0) > limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
