/** A statement as the source ran it. */
export interface ObservedStatement {
  /** Normalised, with `$n` for constants, or as the application sent it. */
  sql: string;
  calls: number;
  /** Execution time of all calls. */
  totalMs: number;
  /** That all calls returned, or changed; undefined where nobody knows. */
  rows?: number | undefined;
  /** WAL of all calls. */
  walBytes?: number | undefined;
  /** Calls an hour; as a file says. */
  weight: number;
  /** How long its calls were counted; undefined where a file says the weight. */
  countedHours?: number | undefined;
  /** What names it: the `queryid` of pg_stat_statements, or a file. */
  origin: string;
  title?: string | undefined;
  /** What an execution had for `$1`, `$2`, ..., where a log shows it. */
  values?: readonly (string | null)[] | undefined;
  /** A query for the values of `$1`, `$2`, ..., where a file gives one. */
  key?: string | undefined;
  /** Why it is not to be measured, where that is known already. */
  refusal?: string | undefined;
}

interface Replayable {
  /** Kebab-case. */
  id: string;
  title: string;
  sql: string;
  /** What names the statement that it comes from: several items may. */
  origin: string;
  /** Calls an hour; as a file says. */
  weight: number;
  /** Of all observed statements, 0 to 1. */
  share: number;
  /** What a call took in the source, on average; undefined where nobody knows. */
  meanMs?: number | undefined;
  /** One line for each decision: `$1 is orders.customer_id: the most frequent value`. */
  choices: readonly string[];
}

export interface ReplayableRead extends Replayable {
  kind: 'read';
  key?: { sql: string } | undefined;
}

export interface ReplayableWrite extends Replayable {
  kind: 'write';
  operation: 'INSERT' | 'UPDATE' | 'DELETE';
  /** As `relationText` writes it. */
  table: string;
  /** A query whose single column holds a JSON array of texts and nulls: the values of `$1`, `$2`, ... of one execution. */
  targets: string;
  /** Whether a target serves one execution only. */
  eachTargetOnce: boolean;
  /** The source did not run it: a table that the candidate touches had no such write. */
  madeUp: boolean;
}

/** A statement that can be run again, on copied rows. */
export type ReplayableStatement = ReplayableRead | ReplayableWrite;

export interface LeftOutStatement {
  sql: string;
  /** In words. */
  reason: string;
  /** Of all observed statements, 0 to 1. */
  share: number;
  /** See `ReplayableWrite`: it was never observed. */
  madeUp?: true | undefined;
}

export interface Statements {
  /** What a share is a part of: of the statements of a file nobody knows the times. */
  sharesOf: 'execution time' | 'weight';
  /** How long their calls were counted; undefined where files say the weights. */
  countedHours?: number | undefined;
  replayable: readonly ReplayableStatement[];
  leftOut: readonly LeftOutStatement[];
}
