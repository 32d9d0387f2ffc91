import type { Node } from 'libpg-query';

/** Ends the transaction that a file is applied in, so that a later failure would leave half of it behind. */
const ENDS_TRANSACTION = new Set([
  'TRANS_STMT_BEGIN',
  'TRANS_STMT_START',
  'TRANS_STMT_COMMIT',
  'TRANS_STMT_ROLLBACK',
  'TRANS_STMT_PREPARE',
  'TRANS_STMT_COMMIT_PREPARED',
  'TRANS_STMT_ROLLBACK_PREPARED',
]);

/** Why a statement has no place in a file that is applied as a whole; undefined when it has one. */
export function refusalOf(statement: Node | undefined): string | undefined {
  if (!statement) return undefined;
  if ('TransactionStmt' in statement && ENDS_TRANSACTION.has(String(statement.TransactionStmt.kind)))
    return 'a file is applied in one transaction of its own, and cannot begin or end another';
  if ('IndexStmt' in statement && statement.IndexStmt.concurrent)
    return 'a file is applied in one transaction, in which PostgreSQL builds no index CONCURRENTLY; leave that word out here: --workload full measures both ways to build it';
  if (!('CopyStmt' in statement)) return undefined;
  const { is_from: isFrom, is_program: isProgram, filename } = statement.CopyStmt;
  return isFrom && !isProgram && filename === undefined
    ? 'nothing stands ready to send the rows that COPY FROM STDIN waits for'
    : undefined;
}
