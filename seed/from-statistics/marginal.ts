import type { Cell } from '../../bench/model/dataset.ts';

/** Neighbours in the order of the values: so many rows, of so many different values with equally many rows each. */
export interface Run {
  rows: number;
  values: number;
}

/** The values of a column's rows that are not NULL, in their order. */
export interface Marginal {
  /** Rows. */
  readonly size: number;
  /** Of the row with this rank, from 0. */
  at: (rank: number) => Cell;
  runs: () => Iterable<Run>;
  /** Different values for different n from 0, which no row has; undefined where there are none left. */
  unused: (nth: number) => Cell | undefined;
  /** As the type sorts the values. */
  compare: (a: string, b: string) => number;
}
