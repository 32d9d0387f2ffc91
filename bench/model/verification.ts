/** An index as it should be; `definition` as `pg_get_indexdef` prints it. */
export interface ExpectedIndex {
  name: string;
  table: string;
  definition: string;
}

/** What became of one expected index. */
export type IndexCheck = ExpectedIndex &
  ({ state: 'as expected' | 'missing' | 'invalid' } | { state: 'different'; found: string });

/** What a query printed: column names, and rows of text. */
export interface QueryAnswer {
  columns: readonly string[];
  rows: readonly (readonly (string | null)[])[];
}

/** A documented catalog query as it was run: its answer, or PostgreSQL's error and the nearest form that works. */
export interface QueryCheck {
  title: string;
  sql: string;
  outcome:
    | { state: 'answered'; answer: QueryAnswer }
    | { state: 'refused'; message: string; workingForm: { sql: string; answer: QueryAnswer } | undefined };
}

/** Everything `verify` found out about one database. */
export interface Verification {
  candidate: string;
  /** What they are held against: the suite's document, or what the candidate makes of an empty schema. */
  expected: 'as documented' | 'as the candidate makes them';
  indexes: readonly IndexCheck[];
  /** Indexes of every table, the candidate's included. */
  countsPerTable: readonly { table: string; indexes: number }[];
  queries: readonly QueryCheck[];
}
