import type { Connection } from './connection.ts';
import { PROCESS_TOKEN } from './login.ts';

/** The first of the two keys of our advisory locks: a number that other programs are unlikely to use. */
const LOCK_SPACE = 1_768_843_629;

/**
 * Shows everybody on the server that this process is at work, for as long as the session lasts. Every role sees advisory
 * locks in pg_locks, and no setting in a URL changes them.
 */
export async function announcePresence(connection: Connection): Promise<void> {
  await connection.query('SELECT pg_catalog.pg_advisory_lock_shared($1, $2)', [
    LOCK_SPACE,
    Number.parseInt(PROCESS_TOKEN, 16) | 0,
  ]);
}

/** SQL for whether the process with a token runs. @param token an expression: eight hexadecimal digits */
export const isPresent = (token: string): string => `
  EXISTS (SELECT FROM pg_locks
          WHERE locktype = 'advisory' AND classid::bigint = ${LOCK_SPACE} AND objsubid = 2
            AND objid::bigint = ('x' || ${token})::bit(32)::bigint)`;
