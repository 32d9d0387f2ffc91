import type { QueryResultRow } from 'pg';
import type { Connection } from './connection.ts';
import { CATALOG_SETTINGS } from './login.ts';

const ENTER = `
  SELECT pg_catalog.current_setting('search_path') AS path, pg_catalog.set_config('search_path', $1, false)`;
const LEAVE = `SELECT pg_catalog.set_config('search_path', $1, false)`;

/**
 * Asks PostgreSQL's catalogs in a session that is there for the SQL of a suite. Meanwhile names and operators are
 * PostgreSQL's: nothing that a migration has created, an operator `=` among it, answers in their place.
 */
export async function askCatalog<Row extends QueryResultRow>(
  connection: Connection,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows: paths } = await connection.query<{ path: string }>(ENTER, [CATALOG_SETTINGS.search_path]);
  try {
    return (await connection.query<Row>(sql, [...values])).rows;
  } finally {
    // Where the transaction is aborted nothing can be set, and its end takes the setting back.
    await connection.query(LEAVE, [paths[0]?.path]).catch(() => undefined);
  }
}
