import pg from 'pg';
import { RunError } from '../model/errors.ts';

const TOO_MANY_CONNECTIONS = '53300';
/** While the server starts, recovers or shuts down (PostgreSQL manual, "PostgreSQL Error Codes"). */
const CANNOT_CONNECT_NOW = '57P03';

class NoConnection extends RunError {}

/** Why a session could not be opened. */
export const noConnection = (
  { host, port, database = '' }: Pick<pg.Client, 'host' | 'port' | 'database'>,
  cause: Error,
): RunError =>
  new NoConnection(`No connection to database "${database}" on ${host}:${port}`, {
    detail: cause.message,
    remedy: isLimit(cause) ? FREE_SESSIONS : LET_IN,
    cause,
  });

const LET_IN =
  'Is the server running, and does it accept this user? The password is read from DATABASE_URL, PGPASSWORD or a passfile.';
const FREE_SESSIONS =
  "Wait until others have closed theirs, or raise the role's CONNECTION LIMIT or the server's max_connections.";

const isLimit = (cause: unknown): cause is pg.DatabaseError =>
  cause instanceof pg.DatabaseError && cause.code === TOO_MANY_CONNECTIONS;

/** Checks a database's own limit (PostgreSQL, src/backend/utils/init/postinit.c). Its name is never translated. */
const OF_DATABASE = 'CheckMyDatabase';

/**
 * Whether others hold all the sessions of the server or the role, and may release some. The limit of a database of ours
 * is different: nobody else is in it, so the suite's SQL has set it.
 */
export const isCrowded = (error: unknown): boolean =>
  error instanceof RunError && isLimit(error.cause) && error.cause.routine !== OF_DATABASE;

/** Whether no session opened because the server accepts none now: it recovers from a crash, or is gone. */
export const isServerAway = (error: unknown): error is RunError =>
  error instanceof NoConnection &&
  (!(error.cause instanceof pg.DatabaseError) || error.cause.code === CANNOT_CONNECT_NOW);
