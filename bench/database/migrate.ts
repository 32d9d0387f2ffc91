import type { QueryResult } from 'pg';
import type { Connection } from './connection.ts';
import { commitError, sqlFileError } from './sql-error.ts';
import { statementsOf, type SqlFile, type SqlStatement } from './sql-file.ts';

/** Called around each statement's execution; the default only executes it. */
export type Around = (statement: SqlStatement, execute: () => Promise<QueryResult>) => Promise<unknown>;

/**
 * Applies one SQL file in one transaction, statement by statement.
 *
 * @throws RunError with file, line, column and caret when a statement fails; nothing of the file remains then.
 */
export async function applySqlFile(
  connection: Connection,
  file: SqlFile,
  around: Around = (_statement, execute) => execute(),
): Promise<void> {
  const statements = await statementsOf(file);
  await connection.query('BEGIN');
  for (const statement of statements) {
    try {
      await around(statement, () => executeOne(connection, statement));
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => undefined);
      throw sqlFileError(file, statement, error);
    }
  }
  await connection.query('COMMIT').catch((error: unknown) => {
    throw commitError(file, error);
  });
}

/** The extended protocol accepts one statement only: a file that could not be split is never carried out in parts. */
function executeOne(connection: Connection, { text, isUnsplit }: SqlStatement): Promise<QueryResult> {
  const query = { text, ...(isUnsplit && { queryMode: 'extended' }) };
  return connection.query(query);
}

export async function applySqlFiles(connection: Connection, files: readonly SqlFile[]): Promise<void> {
  for (const file of files) await applySqlFile(connection, file);
}
