import type { Connection } from './connection.ts';
import { applySqlFile } from './migrate.ts';
import type { SqlFile } from './sql-file.ts';

/**
 * Applies SQL of somebody's, of which no statement may take longer, whatever the SQL itself sets. Afterwards the limit holds for the session.
 *
 * @param timeout as PostgreSQL takes it: `600s`
 * @throws RunError with file, line, column and caret when a statement fails or takes longer
 */
export async function applyWithin(timeout: string, connection: Connection, file: SqlFile): Promise<void> {
  const limit = (): Promise<unknown> =>
    connection.query(`SELECT pg_catalog.set_config('statement_timeout', $1, false)`, [timeout]);
  await applySqlFile(connection, file, async (_statement, execute) => {
    await limit();
    return execute();
  });
  await limit();
}
