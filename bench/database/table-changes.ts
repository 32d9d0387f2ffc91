import type { AppliedStatement } from '../model/candidate.ts';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { isUserSchema, relationTextOf } from './relations.ts';

/** A lock that keeps others from writing, from reading too, or from changing the table, as pg_locks names it. */
export type TableLock = AppliedStatement['locks'][number];

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
  WHERE l.pid = coalesce($2, pg_backend_pid()) AND l.granted AND l.mode = ANY ($1)
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** The locks on tables that another session of the same database has at this moment. */
export const locksOf = (connection: Connection, pid: string | undefined): Promise<TableLock[]> =>
  askCatalog<TableLock>(connection, LOCKS, [MODES, pid]);

/** The strongest lock of this session's transaction on each table; none outside of a transaction. */
export const heldLocks = async (connection: Connection): Promise<TableLock[]> =>
  strongest(await locksOf(connection, undefined));

/** Of equally strong locks on a table, the first. */
export function strongest(locks: readonly TableLock[]): TableLock[] {
  const byTable = new Map<string, TableLock>();
  for (const lock of locks) {
    const known = byTable.get(lock.table);
    if (!known || MODES.indexOf(known.mode) < MODES.indexOf(lock.mode)) byTable.set(lock.table, lock);
  }
  return [...byTable.values()];
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
