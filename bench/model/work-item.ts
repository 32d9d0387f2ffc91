import { z } from 'zod';
import type { Baseline } from './arm.ts';

/** A value that can be bound to a `$n` parameter; dates and documents are bound as their text. */
export type Parameter = string | number | boolean | null;

/** `headline` items run always, `full` ones only under `--workload full`. */
export const Workload = z.enum(['headline', 'full']);
export type Workload = z.infer<typeof Workload>;

/** A source of uniform random numbers in [0, 1), the same for the same seed. */
export type Random = () => number;

interface ItemDescription {
  /** Kebab-case, unique in the suite: what `--only` takes. */
  id: string;
  /** A few words for tables and progress. @default the id, in words */
  title: string;
  /**
   * How often the application calls it, beside the other reads, or writes, of the mix. Only `headline` items are in the
   * mix, so that every workload gives the same verdict. @default 1, and 0 of a `full` item
   */
  weight: number;
  /** The statement, with `$n` for parameters. */
  sql: string;
}

/** Where a read's `$n` values come from: a query against the seeded data whose single row holds them in order. */
export interface KeyQuery {
  sql: string;
  /** Bound to the key query itself, such as the quantile to take. @default none */
  parameters?: readonly Parameter[] | undefined;
}

/** What a report says of a read. */
export interface ReadDescription extends ItemDescription {
  /** The place in the suite's document that the read comes from. @default none: an empty text */
  source: string;
}

/** A statement that changes nothing. Without `key` it is run verbatim, literals as printed. */
export interface ReadItem extends ReadDescription {
  kind: 'read';
  /** @default 'headline' */
  workload: Workload;
  /** Has to be there when the statement has `$n`. */
  key?: KeyQuery | undefined;
  /**
   * Whether an approximate index may change its answer: recall is reported then, over all rows of the key query, instead
   * of a failure. @default false
   */
  approximate?: boolean | undefined;
  /** Under `--workload full` it is also measured with nothing in shared buffers. @default false */
  bufferCold?: boolean | undefined;
}

export const WriteOperation = z.enum(['INSERT', 'UPDATE', 'DELETE', 'COPY']);
export type WriteOperation = z.infer<typeof WriteOperation>;

/** What the parameters of one execution of a write may be drawn from. */
export interface DrawContext {
  random: Random;
  /** Counts the item's executions from 0, so that generated keys never collide. */
  ordinal: number;
  /** The key to write to, when the item has `targets`. */
  target: Parameter;
  /** Seeded rows of a table. */
  rowsOf: (table: string) => number;
}

/** What a report says of a write. */
export interface WriteDescription extends ItemDescription {
  operation: WriteOperation;
  table: string;
}

/** A statement that is run, and committed, once per drawn parameter list. */
export interface WriteItem extends WriteDescription {
  kind: 'write';
  /** @default 'headline' */
  workload: Workload;
  /** A query whose single column lists the keys to write to, each at most once. A DELETE has to have it. */
  targets?: string | undefined;
  /**
   * Whether a target serves one execution only, as it always does for a DELETE: what an INSERT has inserted cannot be
   * inserted again. @default false: after the last target the first comes again
   */
  eachTargetOnce?: boolean | undefined;
  /**
   * The `$n` values of one execution; for COPY a single value, the COPY text to send.
   * @default the target as `$1` where there are `targets`, no value otherwise
   */
  draw: (context: DrawContext) => readonly Parameter[];
}

/** A work item on one baseline: the unit that is scheduled, measured and reported. */
export interface Scheduled<Item> {
  item: Item;
  baseline: Baseline;
}
