import type { ColumnStatistics, CommonValue } from '../../model/snapshot.ts';

/** Statistics of a partition. */
export interface Part {
  rows: number;
  statistics: ColumnStatistics;
}

/** The places of values, in the order of the values. */
type Sort = (values: readonly string[]) => Promise<number[]>;

const QUANTILES = 100;

/**
 * Statistics of partitions as those of the whole: shares and widths by the rows, the most common values of any of them,
 * and quantiles of all their bounds. Values that repeat are taken to be the same ones in every partition.
 *
 * @returns undefined where no partition has rows
 */
export async function together(all: readonly Part[], sort: Sort): Promise<ColumnStatistics | undefined> {
  const parts = all.filter(({ rows }) => rows > 0);
  const [first] = parts;
  if (!first) return undefined;
  if (parts.length === 1) return first.statistics;
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const mean = (figure: (one: ColumnStatistics) => number): number =>
    parts.reduce((sum, { rows, statistics }) => sum + rows * figure(statistics), 0) / total;
  const mostCommon = commonTogether(parts, total);
  const largest = parts.toSorted((one, other) => other.rows - one.rows)[0] ?? first;
  const { correlation, elements, ranges } = largest.statistics;
  return {
    nullShare: mean(({ nullShare }) => nullShare),
    averageBytes: mean(({ averageBytes }) => averageBytes),
    distinct: distinctTogether(parts, total),
    mostCommon,
    bounds: await boundsTogether(parts, new Set(mostCommon.map(({ value }) => value)), sort),
    ...(correlation !== undefined && { correlation }),
    ...(elements && { elements }),
    ...(ranges && { ranges }),
  };
}

function commonTogether(parts: readonly Part[], total: number): CommonValue[] {
  const shares = new Map<string, number>();
  for (const { rows, statistics } of parts)
    for (const { value, share } of statistics.mostCommon)
      shares.set(value, (shares.get(value) ?? 0) + (rows * share) / total);
  const most = Math.max(...parts.map(({ statistics }) => statistics.mostCommon.length));
  return [...shares]
    .map(([value, share]) => ({ value, share: Math.min(1, share) }))
    .toSorted((one, other) => other.share - one.share)
    .slice(0, most);
}

/** A ratio to the rows stays one. */
function distinctTogether(parts: readonly Part[], total: number): number {
  const numbers = parts.map(({ rows, statistics: { distinct } }) =>
    distinct < 0 ? -distinct * rows : distinct,
  );
  if (parts.every(({ statistics }) => statistics.distinct < 0))
    return -Math.min(1, numbers.reduce((sum, one) => sum + one, 0) / total);
  return Math.max(...numbers);
}

/** Each bound stands for as many rows as its partition has between two of them. */
async function boundsTogether(
  parts: readonly Part[],
  common: ReadonlySet<string>,
  sort: Sort,
): Promise<string[]> {
  const all = parts.flatMap(({ rows, statistics: { bounds } }) =>
    bounds.map((value) => ({ value, weight: rows / bounds.length })),
  );
  if (all.length === 0) return [];
  const places = await sort(all.map(({ value }) => value));
  const inOrder = places.flatMap((place) => all[place] ?? []).filter(({ value }) => !common.has(value));
  const weight = inOrder.reduce((sum, one) => sum + one.weight, 0);
  const count = Math.min(QUANTILES + 1, new Set(inOrder.map(({ value }) => value)).size);
  const bounds: string[] = [];
  let below = 0;
  for (const one of inOrder) {
    below += one.weight;
    while (bounds.length < count && below >= (weight * bounds.length) / Math.max(1, count - 1) - 1e-9)
      bounds.push(one.value);
  }
  return [...new Set(bounds)];
}
