import { DatabaseError } from 'pg';
import type { Connection } from './connection.ts';
import { addExtension } from './own-database.ts';

/** Evicts from a database of ours, so that nothing is written to the others: buffers of every database are within reach. */
const EVICT = `
  SELECT count(pg_buffercache_evict(bufferid)) FROM pg_buffercache
  WHERE reldatabase IN (SELECT oid FROM pg_database WHERE datname = ANY ($1))`;

/** Whether pages can be taken out of shared buffers: by a superuser, from PostgreSQL 17 on. */
export async function canEvict(own: Connection): Promise<boolean> {
  try {
    await addExtension(own, 'pg_buffercache');
    await own.query('SELECT pg_buffercache_evict(1)');
    return true;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}

/** Takes every page of these databases out of shared buffers. Whoever reads one next puts it in another place. */
export async function evictPages(own: Connection, databases: readonly string[]): Promise<void> {
  await own.query(EVICT, [databases]);
}
