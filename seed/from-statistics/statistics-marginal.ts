import type { Cell } from '../../bench/model/dataset.ts';
import type { ColumnStatistics } from '../../bench/model/snapshot.ts';
import { histogramGroups } from './histogram-groups.ts';
import type { Marginal } from './marginal.ts';
import { commonSpans, merged } from './most-common.ts';
import { valueIn, type Span } from './spans.ts';
import type { ValueKind } from './values/value-kind.ts';

/** What is asked of a column's values besides their statistics. */
export interface Wanted {
  /** Of the table. */
  rows: number;
  /** Of them, those that are not NULL. */
  size: number;
  /** Of the source's table. */
  sourceRows: number;
  isUnique: boolean;
}

/** What is assumed of a column that was never analysed. */
export const UNKNOWN: ColumnStatistics = {
  nullShare: 0,
  averageBytes: 12,
  distinct: -1,
  mostCommon: [],
  bounds: [],
};

/** The values that a column's statistics describe. */
export function statisticsMarginal(kind: ValueKind, statistics: ColumnStatistics, wanted: Wanted): Marginal {
  const { size } = wanted;
  const spans = spansOf(kind, statistics, wanted);
  const at = valueIn(spans);
  return {
    size,
    at,
    runs: () => spans,
    unused: (nth) => {
      const greatest = greatestOf(kind, statistics, size > 0 ? at(size - 1) : null);
      return greatest === undefined ? kind.any(size + nth) : kind.after(greatest, nth);
    },
    compare: kind.compare,
  };
}

/** Of the values that are known and the last one that was made. */
function greatestOf(
  { compare }: ValueKind,
  { mostCommon, bounds }: ColumnStatistics,
  last: Cell,
): string | undefined {
  const known = [
    ...mostCommon.map(({ value }) => value),
    ...bounds,
    ...(last === null ? [] : [String(last)]),
  ];
  return bounds.length + mostCommon.length === 0 ? undefined : known.toSorted(compare).at(-1);
}

function spansOf(kind: ValueKind, statistics: ColumnStatistics, wanted: Wanted): Span[] {
  const { rows, size, isUnique } = wanted;
  const common = isUnique ? [] : commonSpans(statistics.mostCommon, rows, size);
  const left = size - common.reduce((sum, span) => sum + span.rows, 0);
  const all = remainingValues(statistics, wanted, common.length, left);
  const isKnown = statistics.bounds.length + common.length > 0 || isUnique;
  const values = isKnown ? all : Math.min(all, kind.capacity ?? Infinity);
  if (left <= 0) return merged(kind, common, []);
  const bounds = boundsFor(kind, statistics, wanted, values);
  const taken = new Set(common.map(({ text }) => text));
  if (bounds.length > 1)
    return merged(kind, common, histogramGroups(kind, { rows: left, values, isUnique, bounds, taken }));
  const known = merged(kind, common, []);
  const greatest = common
    .map(({ text }) => text)
    .toSorted(kind.compare)
    .at(-1);
  const value = greatest === undefined ? kind.any : (nth: number) => kind.after(greatest, nth);
  return [...known, { rows: left, values, value }];
}

/** Different values in the rows that have none of the most common ones. */
function remainingValues(
  { distinct }: ColumnStatistics,
  { rows, isUnique }: Wanted,
  common: number,
  left: number,
): number {
  if (isUnique || distinct === 0) return Math.max(1, left);
  const all = distinct < 0 ? Math.round(-distinct * rows) : distinct;
  return Math.max(1, Math.min(left, all - common));
}

/** A key's numbers go as far as there are rows: where there are more rows, their range is longer. */
function boundsFor(
  kind: ValueKind,
  { bounds, mostCommon }: ColumnStatistics,
  { rows, sourceRows, isUnique }: Wanted,
  values: number,
): readonly string[] {
  const all = thinned(isUnique ? withCommon(kind, bounds, mostCommon) : bounds, values);
  const [first, last] = [all[0], all.at(-1)];
  if (!isUnique || !kind.stretched || first === undefined || last === undefined) return all;
  const room = kind.room(first, last) + 1;
  const factor = Math.max(rows / Math.max(1, sourceRows), (values - 1) / Math.max(1, room - 1));
  return factor === 1 ? all : [...new Set(kind.stretched(all, factor))];
}

/** No more bounds than there are values, the first and the last among them. */
function thinned(bounds: readonly string[], values: number): readonly string[] {
  const wanted = Math.max(2, values);
  if (bounds.length <= wanted) return bounds;
  const step = (bounds.length - 1) / (wanted - 1);
  return Array.from({ length: wanted }, (_, at) => bounds[Math.round(at * step)] ?? '');
}

const withCommon = (
  kind: ValueKind,
  bounds: readonly string[],
  common: ColumnStatistics['mostCommon'],
): readonly string[] =>
  common.length === 0
    ? bounds
    : [...new Set([...bounds, ...common.map(({ value }) => value)])].toSorted(kind.compare);
