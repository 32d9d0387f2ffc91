import { DatabaseError } from 'pg';
import type { Connection } from './connection.ts';

/** Makes the write-ahead log readable, block by block, in this session's database; false where it cannot be. */
export async function enableLogInspection(connection: Connection): Promise<boolean> {
  try {
    await connection.query('CREATE EXTENSION IF NOT EXISTS pg_walinspect');
    const { rows } = await connection.query("SELECT FROM pg_proc WHERE proname = 'pg_get_wal_block_info'");
    return rows.length > 0;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}
