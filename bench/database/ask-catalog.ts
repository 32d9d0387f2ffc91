import type { QueryResultRow } from 'pg';
import type { Connection } from './connection.ts';
import { CATALOG_SETTINGS } from './login.ts';

const ENTER = `
  SELECT pg_catalog.current_setting('search_path') AS path, pg_catalog.set_config('search_path', $1, false)`;
const LEAVE = `SELECT pg_catalog.set_config('search_path', $1, false)`;

/**
 * Asks PostgreSQL's catalogs in a session that runs a suite's SQL. For this query, names and operators are
 * PostgreSQL's: objects of a migration, such as an operator `=`, are not used.
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
    // An aborted transaction accepts no SET. Its end takes the setting back.
    await connection.query(LEAVE, [paths[0]?.path]).catch(() => undefined);
  }
}
