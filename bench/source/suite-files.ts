/** The files of a suite folder. */
export const SUITE = 'suite.ts';
export const BEFORE_ROWS = 'schema-before-rows.sql';
export const DISTRIBUTION = 'distribution.sql';
export const AFTER_ROWS = 'schema-after-rows.sql';
export const CANDIDATE = 'candidate.sql';
export const CANDIDATE_DOWN = 'candidate.down.sql';
export const README = 'README.md';
export const ROWS = 'rows';
export const SNAPSHOT = 'source.snapshot.json';

/** A name that every file system takes, and that tells a reader which table it is. */
export const rowsFile = (table: string, ordinal: number): string =>
  `${ROWS}/${String(ordinal + 1).padStart(3, '0')}-${table.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}.copy`;
