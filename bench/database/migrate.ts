import type { Connection } from './connection.ts';
import { sqlFileError } from './sql-error.ts';
import { statementsOf, type SqlFile, type SqlStatement } from './sql-file.ts';

/** Called around each statement's execution; the default only executes it. */
export type Around = (statement: SqlStatement, execute: () => Promise<unknown>) => Promise<unknown>;

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
  await connection.query('BEGIN');
  for (const statement of await statementsOf(file)) {
    try {
      await around(statement, () => connection.query(statement.text));
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => undefined);
      throw sqlFileError(file, statement, error);
    }
  }
  await connection.query('COMMIT');
}

export async function applySqlFiles(connection: Connection, files: readonly SqlFile[]): Promise<void> {
  for (const file of files) await applySqlFile(connection, file);
}
