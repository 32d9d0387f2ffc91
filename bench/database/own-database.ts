import { withConnection, type Connection } from './connection.ts';
import { withDatabase } from './databases.ts';
import type { Site } from './server.ts';
import { DatabaseError } from 'pg';

/** The schema of extensions in databases of our own. Nobody else can create anything in it. */
export const OWN_SCHEMA = 'index_impact';

/** Settings of a session in a database of our own: PostgreSQL's names come first, then those of the extensions. */
export const OWN_SETTINGS = { search_path: `pg_catalog, ${OWN_SCHEMA}, pg_temp` };

/** Runs `use` with a session in an internal database that is dropped afterwards. */
export const withOwnDatabase = <T>(
  site: Site,
  name: string,
  use: (connection: Connection) => Promise<T>,
): Promise<T> =>
  withDatabase(site, name, async (database) => {
    await site.server.linkNodes(database);
    return withConnection(site.server.admin(database), site.signal, async (connection) => {
      await connection.query(`CREATE SCHEMA ${OWN_SCHEMA}`);
      return use(connection);
    });
  });

/** Adds an extension to a database of our own. */
export async function addExtension(connection: Connection, name: string): Promise<void> {
  await connection.query(`CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA ${OWN_SCHEMA}`);
}

/**
 * Begins a transaction in which a suite's database has an extension. Nobody else sees it, and ROLLBACK takes it away:
 * the schema is as the suite made it, at any time.
 *
 * @returns false where the server or the role does not have it; there is no transaction then
 */
export async function beginWithExtension(connection: Connection, name: string): Promise<boolean> {
  try {
    await connection.query('BEGIN');
    await connection.query(`CREATE SCHEMA ${OWN_SCHEMA}`);
    await addExtension(connection, name);
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await connection.query('ROLLBACK');
    return false;
  }
}

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

/** How pg_walinspect lists the log: block by block (16 and later), or record by record (15). */
export type LogInspection = 'blocks' | 'records';

const WAL_FUNCTIONS = `
  SELECT CASE WHEN to_regproc('pg_get_wal_block_info') IS NULL THEN 'records' ELSE 'blocks' END AS inspection`;

/** Makes the WAL readable in this session's database; undefined where that is not possible. */
export async function enableLogInspection(connection: Connection): Promise<LogInspection | undefined> {
  try {
    await addExtension(connection, 'pg_walinspect');
    const { rows } = await connection.query<{ inspection: LogInspection }>(WAL_FUNCTIONS);
    return rows[0]?.inspection;
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}
