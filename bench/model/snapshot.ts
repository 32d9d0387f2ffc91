import { z } from 'zod';
import { Locale } from './locale.ts';
import { PlanNode } from './plan.ts';
import { LeftOut, SearchPath } from './source.ts';

const share = z.number().min(0).max(1);
/** Sums and products of amounts stay finite, and larger than any server has counted. */
const MOST = 1e18;
const amount = z.number().nonnegative().max(MOST);
/** A microsecond at least: a number of calls in an hour stays finite. */
const hours = z.number().min(1e-10).max(MOST);
/** The greatest statistics target, and with it the most values that ANALYZE keeps (PostgreSQL manual, 19.7.4 "default_statistics_target"). */
const MOST_VALUES = 10_000;
/** Of a histogram of so many groups. */
const MOST_QUANTILES = MOST_VALUES + 1;
/** ANALYZE keeps ten times as many elements (PostgreSQL, src/backend/utils/adt/array_typanalyze.c). */
const MOST_ELEMENTS = 10 * MOST_VALUES;
/** A value is on one page, which has 32 kB at most; of a larger one only a pointer is. */
const MOST_BYTES = 32_768;
const quantiles = z.array(amount).max(MOST_QUANTILES);
const bounds = z.array(z.string()).max(MOST_QUANTILES);
/** As `relationText` writes it. */
const relation = z.string();

/** A value, as PostgreSQL writes it with the settings of a source's sessions, and its share of all rows or elements. */
export const CommonValue = z.strictObject({ value: z.string(), share });
export type CommonValue = z.infer<typeof CommonValue>;

/** Of arrays and of tsvector: statistics of their elements (PostgreSQL manual, 52.27 "pg_stats"). */
export const ElementStatistics = z.strictObject({
  /** A share is that of the values that contain the element. */
  mostCommon: z.array(CommonValue).max(MOST_ELEMENTS),
  /** Share of the values that contain NULL. */
  nullShare: share,
  /** Quantiles of the number of distinct elements of a value, from the least to the most. */
  counts: quantiles,
});
export type ElementStatistics = z.infer<typeof ElementStatistics>;

/** Of ranges and multiranges. */
export const RangeStatistics = z.strictObject({
  emptyShare: share,
  /** Quantiles of their lengths, from the shortest to the longest; as text for what is no number. */
  lengths: bounds,
  /** Quantiles of the lower and upper bounds, each written as a range. */
  bounds,
});
export type RangeStatistics = z.infer<typeof RangeStatistics>;

/** What ANALYZE has found in a column (PostgreSQL manual, 52.27 "pg_stats"). */
export const ColumnStatistics = z.strictObject({
  nullShare: share,
  /** Of a value as it is stored, the mean. */
  averageBytes: z.number().nonnegative().max(MOST_BYTES),
  /** Distinct values: their number, or where it is negative their ratio to the rows, as `n_distinct` has it. */
  distinct: z.number().min(-1).max(MOST),
  mostCommon: z.array(CommonValue).max(MOST_VALUES),
  /** Bounds of groups with equally many values, in the type's order, of the values that are not among the most common. */
  bounds,
  /** Of the order on disk and the order of the values; undefined for a type without an order. */
  correlation: z.number().min(-1).max(1).exactOptional(),
  elements: ElementStatistics.exactOptional(),
  ranges: RangeStatistics.exactOptional(),
});
export type ColumnStatistics = z.infer<typeof ColumnStatistics>;

/** A column that is stored, and not computed of others. */
export const SnapshotColumn = z.strictObject({
  name: z.string(),
  /** As `format_type` writes it. */
  type: z.string(),
  /** What a domain stands on, as `format_type` writes it. */
  baseType: z.string().exactOptional(),
  /** Of an enum, in its order. */
  labels: z.array(z.string()).exactOptional(),
  isNotNull: z.boolean(),
  /** Missing where the server has none. */
  statistics: ColumnStatistics.exactOptional(),
});
export type SnapshotColumn = z.infer<typeof SnapshotColumn>;

/** Statistics of several columns together (PostgreSQL manual, CREATE STATISTICS). */
export const ExtendedStatistics = z.strictObject({
  name: relation,
  /** Columns, or expressions in SQL. */
  columns: z.array(z.string()),
  distinct: z.array(z.strictObject({ columns: z.array(z.string()), count: amount })),
  /** How far the first columns decide the last: 1 is wholly. */
  dependencies: z.array(z.strictObject({ from: z.array(z.string()), to: z.string(), degree: share })),
  mostCommon: z.array(z.strictObject({ values: z.array(z.string().nullable()), share })).max(MOST_VALUES),
});
export type ExtendedStatistics = z.infer<typeof ExtendedStatistics>;

/** What was written to a table, as far as its counters reach back. */
export const TableActivity = z.strictObject({
  /** Missing where nobody knows since when they count. */
  countedHours: hours.exactOptional(),
  inserts: amount,
  updates: amount,
  hotUpdates: amount,
  deletes: amount,
  deadRows: amount,
});
export type TableActivity = z.infer<typeof TableActivity>;

/** A table, or a partitioned table with all that is below it. */
export const SnapshotTable = z.strictObject({
  name: relation,
  /** Estimated by the server. */
  rows: amount,
  /** Of 8 kB, without indexes and TOAST. */
  pages: amount,
  columns: z.array(SnapshotColumn),
  extended: z.array(ExtendedStatistics),
  activity: TableActivity,
});
export type SnapshotTable = z.infer<typeof SnapshotTable>;

/** Columns whose values together no two rows share; an index on expressions is left out. */
export const UniqueKey = z.strictObject({
  table: relation,
  columns: z.array(z.string()),
  /** Of a partial index: SQL. */
  predicate: z.string().exactOptional(),
});
export type UniqueKey = z.infer<typeof UniqueKey>;

/** What every row of a table has to satisfy. */
export const TableCheck = z.strictObject({
  table: relation,
  name: z.string(),
  /** The condition, as `pg_get_expr` writes it. */
  sql: z.string(),
});
export type TableCheck = z.infer<typeof TableCheck>;

/** How many rows refer to a row: join selectivities and the sizes of nested loops depend on it. */
export const FanOut = z.strictObject({
  table: relation,
  columns: z.array(z.string()),
  refersTo: relation,
  referredColumns: z.array(z.string()),
  /** Share of the rows referred to that no row refers to. */
  childlessShare: share,
  /** Quantiles of the number of rows that refer to one, of those that some refer to: from the fewest to the most, equally spaced. */
  children: quantiles,
});
export type FanOut = z.infer<typeof FanOut>;

/** As the planner would run a statement with any parameters. */
export const GenericPlan = z.strictObject({
  signature: z.string(),
  tree: PlanNode,
  /** That it expects. */
  rows: amount,
});
export type GenericPlan = z.infer<typeof GenericPlan>;

/** What came of planning a statement. */
export type Planned = { state: 'planned'; plan: GenericPlan } | { state: 'refused'; reason: string };

/** A statement as pg_stat_statements has it. */
export const SnapshotStatement = z.strictObject({
  /** Normalised, with `$n` for constants. */
  sql: z.string(),
  calls: amount,
  totalMs: amount,
  rows: amount,
  walBytes: amount.exactOptional(),
  countedHours: hours.exactOptional(),
  /** What names it: `queryid`. */
  origin: z.string(),
  /** Missing where the planner could not tell. */
  plan: GenericPlan.exactOptional(),
});
export type SnapshotStatement = z.infer<typeof SnapshotStatement>;

/** How one wrote a number last, and which table and column take it. */
export const SnapshotSequence = z.strictObject({
  name: relation,
  /** As text: it may have more digits than a number keeps. Missing where none was taken. */
  last: z
    .string()
    .regex(/^-?\d{1,19}$/, 'Invalid input: expected a number of a bigint')
    .exactOptional(),
});
export type SnapshotSequence = z.infer<typeof SnapshotSequence>;

export const IndexUsage = z.strictObject({ name: relation, table: relation, bytes: amount, scans: amount });
export type IndexUsage = z.infer<typeof IndexUsage>;

export const SNAPSHOT_VERSION = 1;

/** All that is known of a database without its rows. */
export const Snapshot = z.strictObject({
  /** Of this format. */
  snapshotVersion: z.literal(SNAPSHOT_VERSION),
  /** ISO 8601, UTC. */
  readAt: z.string(),
  database: z.string(),
  /** Such as `15.14`. */
  postgresVersion: z.string(),
  locale: Locale,
  searchPath: SearchPath,
  /** What stays as it is in the source though it may tell something; undefined where texts are kept. */
  redacted: z.strictObject({ kept: z.array(LeftOut) }).exactOptional(),
  schema: z.strictObject({
    way: z.enum(['pg_dump', 'catalog']),
    beforeRows: z.string(),
    afterRows: z.string(),
    materializedViews: z.array(relation),
    leftOut: z.array(LeftOut),
  }),
  settings: z.array(z.strictObject({ name: z.string(), value: z.string(), isDefault: z.boolean() })),
  tables: z.array(SnapshotTable),
  uniqueKeys: z.array(UniqueKey),
  checks: z.array(TableCheck),
  fanOuts: z.array(FanOut),
  sequences: z.array(SnapshotSequence),
  indexes: z.array(IndexUsage),
  statements: z.array(SnapshotStatement),
  /** What could not be read, and what follows from it. */
  unknown: z.array(LeftOut),
});
export type Snapshot = z.infer<typeof Snapshot>;
