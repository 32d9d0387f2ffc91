import type { QueryResult } from 'pg';
import type { Connection } from './connection.ts';
import { commitError, sqlFileError } from './sql-error.ts';
import { refused, statementsOf, type SqlFile, type SqlStatement } from './sql-file.ts';
import { isOneTransaction } from './transaction-rules.ts';

/** Called around each statement's execution; the default only executes it. */
export type Around = (statement: SqlStatement, execute: () => Promise<QueryResult>) => Promise<unknown>;

/**
 * Applies one SQL file, statement by statement: in the transactions that it asks for, otherwise in one, unless one of its
 * statements cannot be part of one.
 *
 * @throws RunError with file, line, column and caret when a statement fails. Nothing of the file remains then, unless it
 *   was applied without a transaction.
 */
export async function applySqlFile(
  connection: Connection,
  file: SqlFile,
  around: Around = (_statement, execute) => execute(),
): Promise<void> {
  const statements = await statementsOf(file);
  const isWhole = isOneTransaction(file.transaction, statements);
  if (isWhole) await connection.query('BEGIN');
  for (const statement of statements) {
    try {
      await around(statement, () => executeOne(connection, statement));
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => undefined);
      throw sqlFileError(file, statement, error);
    }
  }
  if (isWhole) await commit(connection, file);
  else await refuseOpenTransaction(connection, file, statements);
}

const commit = (connection: Connection, file: SqlFile): Promise<unknown> =>
  connection.query('COMMIT').catch((error: unknown) => {
    throw commitError(file, error);
  });

/** Only a file that begins transactions itself can leave one open. */
async function refuseOpenTransaction(
  connection: Connection,
  file: SqlFile,
  statements: readonly SqlStatement[],
): Promise<void> {
  if (connection.getTransactionStatus() === 'I') return;
  await connection.query('ROLLBACK');
  const begun = statements.findLast(
    ({ limitsTransaction, text }) => limitsTransaction && /^\s*(BEGIN|START)\b/im.test(text),
  );
  throw refused(file, begun?.offset ?? 0, 'the transaction that begins here does not end in the file');
}

/** The extended protocol accepts one statement only: a file that could not be split is never carried out in parts. */
function executeOne(connection: Connection, { text, isUnsplit }: SqlStatement): Promise<QueryResult> {
  const query = { text, ...(isUnsplit && { queryMode: 'extended' }) };
  return connection.query(query);
}

export async function applySqlFiles(connection: Connection, files: readonly SqlFile[]): Promise<void> {
  for (const file of files) await applySqlFile(connection, file);
}
