import type { ColumnStatistics, CommonValue } from '../../model/snapshot.ts';

/** SQL: values of any type as a JSON array of texts. */
const texts = (values: string): string => `to_json(${values}::text::text[])`;

/** Since PostgreSQL 17; before that only a superuser may read them. */
const RANGES = [
  ["'rangeLengths'", texts('s.range_length_histogram')],
  ["'emptyShare'", 's.range_empty_frac'],
  ["'rangeBounds'", texts('s.range_bounds_histogram')],
];

/** SQL: a row `s` of `pg_stats` as JSON, for `statisticsOf`; NULL where there is none. */
export const statisticsJson = (major: number): string => `
  CASE WHEN s.attname IS NOT NULL THEN json_build_object(${[
    ["'nullShare'", 's.null_frac'],
    ["'averageBytes'", 's.avg_width'],
    ["'distinct'", 's.n_distinct'],
    ["'values'", texts('s.most_common_vals')],
    ["'shares'", 'to_json(s.most_common_freqs)'],
    ["'bounds'", texts('s.histogram_bounds')],
    ["'correlation'", 's.correlation'],
    ["'elements'", texts('s.most_common_elems')],
    ["'elementShares'", 'to_json(s.most_common_elem_freqs)'],
    ["'counts'", 'to_json(s.elem_count_histogram)'],
    ...(major >= 17 ? RANGES : []),
  ]
    .flat()
    .join(', ')}) END`;

/** What `statisticsJson` makes. */
export interface StatisticsRow {
  nullShare: number;
  averageBytes: number;
  distinct: number;
  values: string[] | null;
  shares: number[] | null;
  bounds: string[] | null;
  correlation: number | null;
  elements: string[] | null;
  elementShares: number[] | null;
  counts: number[] | null;
  rangeLengths?: string[] | null;
  emptyShare?: number | null;
  rangeBounds?: string[] | null;
}

export function statisticsOf(row: StatisticsRow): ColumnStatistics {
  const { nullShare, averageBytes, distinct, values, shares, bounds, correlation } = row;
  return {
    nullShare,
    averageBytes,
    distinct,
    mostCommon: withShares(values ?? [], shares ?? []),
    bounds: bounds ?? [],
    ...(correlation !== null && { correlation: Math.max(-1, Math.min(1, correlation)) }),
    ...elementsOf(row),
    ...rangesOf(row),
  };
}

const withShares = (values: readonly string[], shares: readonly number[]): CommonValue[] =>
  values.map((value, at) => ({ value, share: Math.min(1, shares[at] ?? 0) }));

/**
 * Behind the shares of the elements stand the least and the greatest of them, and for arrays that of NULL. Behind the
 * counts stands their mean (PostgreSQL manual, 52.27 "pg_stats").
 */
function elementsOf({ elements, elementShares, counts }: StatisticsRow): Pick<ColumnStatistics, 'elements'> {
  if (elements === null) return {};
  return {
    elements: {
      mostCommon: withShares(elements, elementShares ?? []),
      nullShare: Math.min(1, elementShares?.[elements.length + 2] ?? 0),
      counts: counts?.slice(0, -1) ?? [],
    },
  };
}

function rangesOf({
  rangeLengths,
  rangeBounds,
  emptyShare,
}: StatisticsRow): Pick<ColumnStatistics, 'ranges'> {
  if (emptyShare === undefined || emptyShare === null) return {};
  return { ranges: { emptyShare, lengths: rangeLengths ?? [], bounds: rangeBounds ?? [] } };
}
