import type { Cell } from '../../bench/model/dataset.ts';

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
