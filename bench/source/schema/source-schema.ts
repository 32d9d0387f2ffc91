import type { LeftOut } from '../../model/source.ts';

/** The schema of a source, as SQL that builds it anew in an empty database of a server of the same major or a later one. */
export interface SourceSchema {
  /** Which way it was read. */
  way: 'pg_dump' | 'catalog';
  /** Runs before rows are loaded, in one transaction: schemas, extensions, types, functions, tables, sequences, views. */
  beforeRows: string;
  /** Runs after rows are loaded, in one transaction: keys, indexes, triggers, rules, row security, statistics objects. */
  afterRows: string;
  /** What has to be refreshed after that, in this order: each stands behind those that it reads. */
  materializedViews: readonly string[];
  leftOut: readonly LeftOut[];
}

/**
 * Settings that the SQL relies on, for its own transaction. Bodies of functions are not checked: they may name what is
 * made later. `search_path` is the session's: all names are written with their schema, and functions that an index
 * calls find what they found in the source.
 */
const SETTINGS_OF_SCHEMA = [
  'SET LOCAL check_function_bodies = off;',
  'SET LOCAL xmloption = content;',
  'SET LOCAL client_min_messages = warning;',
];

/** Statements as one text. None of them ends in a semicolon. */
export const asScript = (statements: readonly string[]): string =>
  [...SETTINGS_OF_SCHEMA, ...statements.map((statement) => `${statement};`)].join('\n\n') + '\n';

/**
 * The body of a DO block around a statement (`%s`) that the rebuilding server may not support: it may be compiled without
 * LZ4. Comparing the catalogs tells then that it has not been carried over.
 */
export const WHERE_SUPPORTED = 'BEGIN %s; EXCEPTION WHEN feature_not_supported THEN NULL; END';
