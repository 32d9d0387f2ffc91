import { DatabaseError } from 'pg';
import type { Connection } from './connection.ts';
import { addExtension } from './own-database.ts';

/** How pg_walinspect tells of the log: block by block (16 and later), or record by record (15). */
export type LogInspection = 'blocks' | 'records';

const FUNCTIONS = `
  SELECT CASE WHEN to_regproc('pg_get_wal_block_info') IS NULL THEN 'records' ELSE 'blocks' END AS inspection`;

/** Makes the write-ahead log readable in this session's database; undefined where it cannot be. */
export async function enableLogInspection(connection: Connection): Promise<LogInspection | undefined> {
  try {
    await addExtension(connection, 'pg_walinspect');
    const { rows } = await connection.query<{ inspection: LogInspection }>(FUNCTIONS);
    return rows[0]?.inspection;
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}
