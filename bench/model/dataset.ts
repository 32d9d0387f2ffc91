import type { FileLocation } from './file-location.ts';
import type { Random } from './work-item.ts';

/** One column value of a generated row: `null` is SQL NULL; anything else is sent as its text. */
export type Cell = string | number | boolean | null;

/** What a row may be made from. */
export interface RowContext {
  /** Rows this table gets at the run's scale. */
  rows: number;
  /** Rows of every table, for foreign keys: `rowsOf('leads')`. */
  rowsOf: (table: string) => number;
  /** The run's: what is the same for all rows of a table may depend on it. @default 0 */
  seed?: number | undefined;
  /** Seeded for these rows of this table alone, so that neither tables nor threads depend on each other's order. */
  random: Random;
}

/**
 * Where another thread finds the same tables: its module exports `tablesFrom`, which takes `argument`. What is imported there
 * is imported anew.
 */
export interface TablesElsewhere {
  /** URL. */
  module: string;
  argument: string;
}

/** What such a module exports. */
export type TablesFrom = (argument: string) => Promise<readonly TableSource[]>;

/** How one table is filled. */
export type TableSource = GeneratedTable | CopiedTable;

interface FilledTable {
  /** As the schema's files name it. */
  name: string;
  /** Columns in the order of a row's cells. */
  columns: readonly string[];
  /** Share of its rows that are updated once, which leaves gaps as in a table in use. @default 0.2 */
  aged?: number | undefined;
}

/** A table whose rows are made. A row depends on its ordinal and the context alone. */
export interface GeneratedTable extends FilledTable {
  /** Rows at scale 1; more than 0. */
  rowsAtScaleOne: number;
  /** The fewest rows with which the suite's queries still mean something, and why. */
  minimum?: { rows: number; reason: string } | undefined;
  /**
   * Makes the row with this ordinal, from 0; a serial column counts from 1. Ordinals from `context.rows` on are
   * rows inserted later: they have to be acceptable, too.
   */
  row: (context: RowContext, ordinal: number) => readonly Cell[];
  /** The serial column whose sequence continues after the load. */
  serial?: string | undefined;
}

/** A table whose rows are in a file. They are the same at every scale. */
export interface CopiedTable extends FilledTable {
  /** COPY text, as `COPY ... TO` writes it (PostgreSQL manual, COPY, "Text Format"), in UTF-8. */
  file: FileLocation;
  /** How many rows it has. */
  rows: number;
}

export const isCopied = (table: TableSource): table is CopiedTable => 'file' in table;

/** What was loaded into one table. */
export interface TableLoad {
  table: string;
  rows: number;
  /** COPY text bytes. */
  bytes: number;
  /** SHA-256, hexadecimal: of a file's COPY text; of made rows, that of their chunks' checksums. */
  sha256: string;
  /** Others may have been loaded at the same time. */
  seconds: number;
}
