import { DatabaseError } from 'pg';
import type { Connection } from './connection.ts';

/**
 * Runs `make`, which copies a database file by file, while the server clones files instead (PostgreSQL 18,
 * `file_copy_method`). Where the file system can share blocks, such as btrfs, XFS and APFS, a copy then takes no room and
 * no time. A server or file system that cannot clone copies.
 */
export async function cloningFiles<T>(admin: Connection, make: () => Promise<T>): Promise<T> {
  if (!(await accepts(admin, 'clone'))) return make();
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof DatabaseError && error.message.startsWith('could not clone file'))) throw error;
    await accepts(admin, 'copy');
    return await make();
  } finally {
    await admin.query('RESET file_copy_method').catch(() => undefined);
  }
}

/** Not before 18, and `clone` on some platforms only. */
async function accepts(admin: Connection, method: 'clone' | 'copy'): Promise<boolean> {
  try {
    await admin.query(`SET file_copy_method = ${method}`);
    return true;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}
