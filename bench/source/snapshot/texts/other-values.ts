import type { ColumnStatistics, ExtendedStatistics, SnapshotTable } from '../../../model/snapshot.ts';

/** What becomes of the values of a column. */
export type ValueChange =
  | { state: 'kept' }
  /** Of a column's own values, and of the elements that they are made of. */
  | { state: 'changed'; value: (value: string) => string; element: (element: string) => string }
  | { state: 'left out' };

/** @param column its name, or an expression of extended statistics */
export type ChangeOf = (table: string, column: string) => ValueChange;

/** Statistics with other values in the same places. */
export const withOtherValues = (tables: readonly SnapshotTable[], changeOf: ChangeOf): SnapshotTable[] =>
  tables.map((table) => ({
    ...table,
    columns: table.columns.map(({ statistics, ...column }) => ({
      ...column,
      ...(statistics && { statistics: changedStatistics(statistics, changeOf(table.name, column.name)) }),
    })),
    extended: table.extended.map((one) => changedExtended(one, (column) => changeOf(table.name, column))),
  }));

function changedStatistics(statistics: ColumnStatistics, change: ValueChange): ColumnStatistics {
  if (change.state === 'kept') return statistics;
  const { mostCommon, bounds, elements, ranges, ...others } = statistics;
  if (change.state === 'left out') return { ...others, mostCommon: [], bounds: [] };
  const { value, element } = change;
  return {
    ...others,
    mostCommon: mostCommon.map((one) => ({ ...one, value: value(one.value) })),
    bounds: bounds.map(value),
    ...(elements && {
      elements: {
        ...elements,
        mostCommon: elements.mostCommon.map((one) => ({ ...one, value: element(one.value) })),
      },
    }),
    ...(ranges && { ranges: { ...ranges, bounds: ranges.bounds.map(value) } }),
  };
}

function changedExtended(
  statistics: ExtendedStatistics,
  changeOf: (column: string) => ValueChange,
): ExtendedStatistics {
  const { columns, mostCommon } = statistics;
  const changes = columns.map(changeOf);
  if (changes.some(({ state }) => state === 'left out')) return { ...statistics, mostCommon: [] };
  return {
    ...statistics,
    mostCommon: mostCommon.map(({ values, share }) => ({
      share,
      values: values.map((value, at) => {
        const change = changes[at];
        return value === null || change?.state !== 'changed' ? value : change.value(value);
      }),
    })),
  };
}
