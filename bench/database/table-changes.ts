import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf } from './relations.ts';

/** A lock that keeps others from writing, or from reading too, as pg_locks names it. */
export interface TableLock {
  table: string;
  mode: string;
}

/** From the weakest of those that a migration takes; the weaker ones block neither reads nor writes. */
const MODES = [
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
];

const LOCKS = `
  SELECT ${relationTextOf('n', 'c')} AS "table", l.mode
  FROM pg_locks l
  JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'm')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE l.pid = pg_backend_pid() AND l.granted AND l.mode = ANY ($1)`;

/** The strongest lock of this session's transaction on each table; none outside of a transaction. */
export async function heldLocks(connection: Connection): Promise<TableLock[]> {
  const locks = await askCatalog<TableLock>(connection, LOCKS, [MODES]);
  const strongest = new Map<string, string>();
  for (const { table, mode } of locks) {
    const known = strongest.get(table);
    if (known === undefined || MODES.indexOf(known) < MODES.indexOf(mode)) strongest.set(table, mode);
  }
  return [...strongest].map(([table, mode]) => ({ table, mode }));
}

const FILES = `
  SELECT c.oid, ${relationTextOf('n', 'c')} AS "table", pg_relation_filenode(c.oid) AS file
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.relkind IN ('r', 'p', 'm')
  ORDER BY "table"`;

/** The file of each table. */
export type TableFiles = ReadonlyMap<string, { table: string; file: string | null }>;

export async function tableFiles(connection: Connection): Promise<TableFiles> {
  const rows = await askCatalog<{ oid: string; table: string; file: string | null }>(connection, FILES);
  return new Map(rows.map(({ oid, table, file }) => [oid, { table, file }]));
}

/** The tables whose rows were written anew, into another file. */
export const rewrittenTables = (before: TableFiles, after: TableFiles): string[] =>
  [...after].flatMap(([oid, { table, file }]) => {
    const known = before.get(oid);
    return known && known.file !== file ? [table] : [];
  });
