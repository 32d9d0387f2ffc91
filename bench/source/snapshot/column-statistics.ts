/** SQL: values of any type as texts, for a column of `pg_stats` that has an array of them. */
export type AsTexts = (values: string) => string;

/** As they are. */
export const asTheyAre: AsTexts = (values) => `${values}::text::text[]`;

/** SQL: a row `s` of `pg_stats` as JSON of a `ColumnStatistics`; NULL where there is none. */
export const statisticsJson = (major: number, asTexts: AsTexts = asTheyAre): string => `
  CASE WHEN s.attname IS NOT NULL THEN json_strip_nulls(json_build_object(
    'nullShare', s.null_frac, 'averageBytes', s.avg_width, 'distinct', s.n_distinct,
    'mostCommon', ${withShares(asTexts('s.most_common_vals'), 's.most_common_freqs')},
    'bounds', coalesce(to_json(${asTexts('s.histogram_bounds')}), '[]'),
    'correlation', greatest(-1, least(1, s.correlation)),
    'elements', ${elements(asTexts)}${major >= 17 ? `, 'ranges', ${ranges(asTexts)}` : ''})) END`;

const withShares = (values: string, shares: string): string => `
  (SELECT coalesce(json_agg(json_build_object('value', common.value, 'share', least(1, common.share)) ORDER BY common.place), '[]')
   FROM ROWS FROM (unnest(${values}), unnest(${shares})) WITH ORDINALITY AS common (value, share, place)
   WHERE common.value IS NOT NULL)`;

/**
 * Behind the shares of the elements stand the least and the greatest of them, and for arrays that of NULL. Behind the
 * counts stands their mean (PostgreSQL manual, 52.27 "pg_stats").
 */
const elements = (asTexts: AsTexts): string => `
  CASE WHEN s.most_common_elems IS NOT NULL THEN json_build_object(
    'mostCommon', ${withShares(asTexts('s.most_common_elems'), 's.most_common_elem_freqs')},
    'nullShare', coalesce(s.most_common_elem_freqs[cardinality(s.most_common_elems::text::text[]) + 3], 0),
    'counts', coalesce(to_json(s.elem_count_histogram[:cardinality(s.elem_count_histogram) - 1]), '[]')) END`;

/** Since PostgreSQL 17; before that only a superuser may read them. */
const ranges = (asTexts: AsTexts): string => `
  CASE WHEN s.range_empty_frac IS NOT NULL THEN json_build_object(
    'emptyShare', s.range_empty_frac,
    'lengths', coalesce(to_json(s.range_length_histogram::text::text[]), '[]'),
    'bounds', coalesce(to_json(${asTexts('s.range_bounds_histogram')}), '[]')) END`;
