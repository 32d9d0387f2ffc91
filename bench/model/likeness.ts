import { z } from 'zod';
import type { Planned, Snapshot } from './snapshot.ts';

/** What is held against a snapshot, of the database that was made from it. */
export interface Made extends Pick<Snapshot, 'tables' | 'fanOuts'> {
  /** Of each of the snapshot's statements, in their order. */
  plans: readonly Planned[];
}

/** A figure of the source beside that of the database that was made from its statistics. */
export const Compared = z.strictObject({
  source: z.number(),
  made: z.number(),
  /** Whether the difference is small enough. */
  isWithin: z.boolean(),
});
export type Compared = z.infer<typeof Compared>;

export const ColumnLikeness = z.strictObject({
  table: z.string(),
  column: z.string(),
  nullShare: Compared,
  /** Different values. */
  distinct: Compared,
  /** Share of the rows with one of the values that the source calls the most common. */
  commonShare: Compared,
  /** Missing for a type without an order. */
  correlation: Compared.exactOptional(),
  /**
   * Kolmogorov and Smirnov's distance of the two histograms: how far the shares of rows up to a value differ, at most. Missing where one
   * has none, or nobody can tell how their bounds are sorted.
   */
  histogramDistance: z.number().min(0).max(1).exactOptional(),
  isWithin: z.boolean(),
});
export type ColumnLikeness = z.infer<typeof ColumnLikeness>;

export const FanOutLikeness = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()),
  refersTo: z.string(),
  /** Rows that refer to one, of those that some refer to. */
  p50: Compared,
  p90: Compared,
  p99: Compared,
  childlessShare: z.strictObject({ source: z.number(), made: z.number() }),
  isWithin: z.boolean(),
});
export type FanOutLikeness = z.infer<typeof FanOutLikeness>;

/** A statement's plan for any parameters, in the source and in the database that was made from its statistics. */
export const StatementLikeness = z.strictObject({
  sql: z.string(),
  /** What names it there: `queryid 42`. */
  origin: z.string(),
  signatures: z.strictObject({ source: z.string(), made: z.string() }),
  /** That the planner expects. */
  rows: z.strictObject({ source: z.number(), made: z.number() }),
  /** Whether both have the same signature. */
  isSame: z.boolean(),
});
export type StatementLikeness = z.infer<typeof StatementLikeness>;

/** How far a database made from statistics is like its source. */
export const Likeness = z.strictObject({
  columns: z.array(ColumnLikeness),
  fanOuts: z.array(FanOutLikeness),
  statements: z.array(StatementLikeness),
  /** Statements of which one plan is not known. */
  unplanned: z.array(z.strictObject({ sql: z.string(), origin: z.string(), reason: z.string() })),
});
export type Likeness = z.infer<typeof Likeness>;
