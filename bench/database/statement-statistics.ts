import { DatabaseError } from 'pg';
import type { Connection } from './connection.ts';
import { addExtension } from './own-database.ts';

/**
 * Makes pg_stat_statements readable in this session's database.
 *
 * @returns why it cannot be, in PostgreSQL's words; undefined when it can
 */
export async function enableStatementStatistics(connection: Connection): Promise<string | undefined> {
  try {
    await addExtension(connection, 'pg_stat_statements');
    await connection.query('SELECT FROM pg_stat_statements(false) LIMIT 1');
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return error.message;
    throw error;
  }
}
