import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'libpg-query';
import type { AppliedStatement } from '../model/candidate.ts';
import type { Connection } from './connection.ts';
import { documentedLocks } from './documented-locks.ts';
import type { SqlStatement } from './sql-file.ts';
import { heldLocks, locksOf, strongest, type TableLock } from './table-changes.ts';

/** How long a statement took, and the strongest lock that it took on each table. */
export type Observation = Pick<AppliedStatement, 'durationMs' | 'locks' | 'locksHeld'>;

/** A session that carries out statements, and another one that can look at its locks. */
export interface ObservedSession {
  connection: Connection;
  /** Undefined: of a statement that keeps no lock, only those that PostgreSQL documents are told. */
  watcher?: Connection | undefined;
}

/**
 * Carries out a statement. The locks of a transaction are read while it still has them. A statement outside of one gets its
 * own where that changes nothing. What PostgreSQL refuses to carry out in a transaction gives its locks back before they
 * can be read: the watcher looks meanwhile, and what it may have missed is taken from the manual.
 */
export async function observe(
  { text, standsAlone }: SqlStatement,
  session: ObservedSession,
  execute: () => Promise<unknown>,
): Promise<Observation> {
  const { connection } = session;
  if (connection.getTransactionStatus() !== 'I') return observeInside(connection, execute);
  if (standsAlone) return observeOutside(text, session, execute);
  if (!(await mayHaveOwnTransaction(text))) return observeOutside(text, session, execute);
  await connection.query('BEGIN');
  const { durationMs, locks } = await observeInside(connection, execute);
  await connection.query('COMMIT');
  return { durationMs, locks, locksHeld: 'while it runs' };
}

async function observeInside(connection: Connection, execute: () => Promise<unknown>): Promise<Observation> {
  const before = await heldLocks(connection);
  const durationMs = await timed(execute);
  const wasHeld = ({ table, mode }: TableLock): boolean =>
    before.some((held) => held.table === table && held.mode === mode);
  const locks = (await heldLocks(connection)).filter((lock) => !wasHeld(lock));
  return { durationMs, locks, locksHeld: 'to the end of the transaction' };
}

async function observeOutside(
  sql: string,
  { connection, watcher }: ObservedSession,
  execute: () => Promise<unknown>,
): Promise<Observation> {
  const documented = await documentedLocks(connection, sql);
  const watching = watcher && (await watchLocks(watcher, connection));
  const executed = timed(execute);
  const [durationMs, seen = []] = await Promise.all([executed, watching?.(executed)]);
  return { durationMs, locks: strongest([...seen, ...documented]), locksHeld: 'while it runs' };
}

async function timed(execute: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await execute();
  return performance.now() - start;
}

/** Short beside a build that is worth watching, and rare enough not to slow it down. */
const LOOK_EVERY_MS = 10;

/** @returns what looks at the locks of `connection` until `work` has ended, also by a failure */
async function watchLocks(
  watcher: Connection,
  connection: Connection,
): Promise<(work: Promise<unknown>) => Promise<TableLock[]>> {
  const { rows } = await connection.query<{ pid: string }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  return async (work) => {
    let hasEnded = false;
    const end = (): void => void (hasEnded = true);
    const isRunning = (): boolean => !hasEnded;
    work.then(end, end);
    const seen: TableLock[] = [];
    while (isRunning()) {
      seen.push(...(await locksOf(watcher, rows[0]?.pid)));
      await sleep(LOOK_EVERY_MS);
    }
    return seen;
  };
}

/** Statements that lock tables and whose effect is the same in a transaction of their own: they can neither begin nor end one. */
const OWN_TRANSACTION = new Set([
  ...['IndexStmt', 'DropStmt', 'AlterTableStmt', 'CreateStmt', 'RenameStmt', 'CreateTrigStmt'],
  ...['TruncateStmt', 'RefreshMatViewStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'],
]);

async function mayHaveOwnTransaction(sql: string): Promise<boolean> {
  const { stmts = [] } = await parse(sql);
  return (
    stmts.length === 1 && stmts.every(({ stmt = {} }) => OWN_TRANSACTION.has(Object.keys(stmt)[0] ?? ''))
  );
}
