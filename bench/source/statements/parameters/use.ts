import type { Node } from 'libpg-query';

/** Makes of SQL for a value of the data SQL for the value of a parameter. */
export type Template = (value: string) => string;

/** A value that rows have. */
interface Drawn {
  number: number;
  /** What the parameter is held against. */
  of: Node;
  value: Template;
  /** For a parameter whose type PostgreSQL cannot infer. */
  cast?: string | undefined;
}

/**
 * What a `$n` needs for its value.
 *
 * - `constant`: written into the statement
 * - `equal`: the value that the rows to be found have
 * - `element`, `array`: one of, or all of, several values that such rows have
 * - `bound`: a quantile
 * - `group bound`: a quantile over the groups of GROUP BY
 * - `row`: what one of the rows has
 * - `json key`: a key that rows have in a JSON column
 * - `assigned`: what another row has in the column that is set
 */
export type Use =
  | { kind: 'constant'; number: number; sql: string; what: string }
  | (Drawn & { kind: 'equal' })
  | (Drawn & { kind: 'element'; position: number })
  | (Drawn & { kind: 'array' })
  | (Drawn & { kind: 'bound'; side: BoundSide })
  | (Drawn & { kind: 'group bound'; side: BoundSide })
  | (Drawn & { kind: 'row'; what: string })
  | (Drawn & { kind: 'json key' })
  | (Drawn & { kind: 'assigned'; column: string });

/** What the parameter is of the values that are looked for; `neither`: they only have to differ from it. */
export type BoundSide = 'lower' | 'upper' | 'neither';

export type DrawnUse = Exclude<Use, { kind: 'constant' }>;

/** The value itself. */
export const itself: Template = (value) => value;

/** Why no value can be found. */
export class Unresolved extends Error {
  /** Of the parameter for which there is none; undefined where the statement as a whole is the reason. */
  readonly number: number | undefined;

  constructor(reason: string, number?: number) {
    super(reason);
    this.name = 'Unresolved';
    this.number = number;
  }
}
