import type { Connection } from '../database/connection.ts';

/** Two bits for each in pages of 8 kB (CLOG_XACTS_PER_PAGE in PostgreSQL). */
const TRANSACTIONS_PER_PAGE = 32_768;

/**
 * Begins the next page of the commit log now where it would begin within so many transactions: the transaction that
 * begins one logs that, and its statement would be charged with a record that has nothing to do with what it writes.
 */
export async function passCommitLogPage(connection: Connection, transactions: number): Promise<void> {
  const remaining = await transactionsBeforeNextPage(connection);
  if (remaining >= transactions) return;
  for (let passed = 0; passed <= remaining; passed++) await connection.query('SELECT pg_current_xact_id()');
}

async function transactionsBeforeNextPage(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ next: string }>(
    'SELECT pg_snapshot_xmax(pg_current_snapshot()) AS next',
  );
  const used = Number(rows[0]?.next) % TRANSACTIONS_PER_PAGE;
  return used === 0 ? 0 : TRANSACTIONS_PER_PAGE - used;
}
