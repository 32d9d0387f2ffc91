import type { Cell } from '../../../bench/model/dataset.ts';

/** What values of a type are made from, besides the bounds between which they lie. Texts are as PostgreSQL writes values. */
export interface ValueKind {
  /** As the type sorts them; 0 for all where it does not. */
  compare: (a: string, b: string) => number;
  /** How many values there are from one up to another, without that: infinite where nobody can tell. */
  room: (low: string, high: string) => number;
  /** Different values in their order, for 0 to `parts`: `low` is that for 0, and `high` that for `parts`. */
  between: (low: string, high: string, parts: number) => (part: number) => Cell;
  /** Different values for different n from 0, all greater than `high`. */
  after: (high: string, nth: number) => Cell;
  /** Different values for different n from 0, where no value is known. */
  any: (nth: number) => Cell;
  /** How many values `any` has at most. @default any number */
  capacity?: number | undefined;
  /** A value so far after another, in the units of a range's length; missing where nobody can tell. */
  plus?: ((value: string, length: number) => string) | undefined;
  /** Bounds of a range that is longer by this factor; missing where values are not numbered. */
  stretched?: ((bounds: readonly string[], factor: number) => string[]) | undefined;
}

/** What is known of a column, for its values. */
export interface KnownValues {
  /** As `format_type` writes it, without a domain. */
  type: string;
  /** The mean, as a value is stored. */
  bytes: number;
  /** Some of its values. */
  samples: readonly string[];
  /** Other columns have other ones. */
  key: number;
}
