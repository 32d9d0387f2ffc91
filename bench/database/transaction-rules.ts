import type { Node } from 'libpg-query';
import type { FileTransaction } from '../model/candidate.ts';

interface RuledStatement {
  standsAlone?: true;
  limitsTransaction?: true;
}

/** Whether a transaction is begun for a file with these statements. */
export function isOneTransaction(
  transaction: FileTransaction | undefined,
  statements: readonly RuledStatement[],
): boolean {
  if (transaction === undefined) return !statements.some(({ standsAlone }) => standsAlone);
  if (transaction === 'message')
    return statements.length > 1 && !statements.some((statement) => statement.limitsTransaction);
  return transaction === 'whole';
}

/**
 * Whether a statement decides itself about transactions: PostgreSQL refuses to run it inside one, its effect can only be
 * used after a commit (`ALTER TYPE ... ADD VALUE`), or it begins or ends one. A file with such a statement is carried out
 * statement by statement, as psql does (PostgreSQL manual, the notes on each of these commands).
 */
export function standsAlone(statement: Node): boolean {
  if (limitsTransaction(statement)) return true;
  if ('IndexStmt' in statement) return statement.IndexStmt.concurrent === true;
  if ('DropStmt' in statement) return statement.DropStmt.concurrent === true;
  if ('ReindexStmt' in statement) return isLongReindex(statement.ReindexStmt);
  if ('AlterEnumStmt' in statement) return statement.AlterEnumStmt.newVal !== undefined;
  if ('VacuumStmt' in statement) return statement.VacuumStmt.is_vacuumcmd === true;
  if ('ClusterStmt' in statement) return true;
  return 'AlterTableStmt' in statement && (statement.AlterTableStmt.cmds ?? []).some(detachesConcurrently);
}

export const limitsTransaction = (statement: Node): boolean =>
  'TransactionStmt' in statement && LIMITS.has(String(statement.TransactionStmt.kind));

const BEGINS = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'];
const ENDS = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK'];
const LIMITS = new Set([...BEGINS, ...ENDS]);

type Reindex = Extract<Node, { ReindexStmt: unknown }>['ReindexStmt'];

/** Concurrently, of a whole schema or database, or of a table that may have partitions. */
const isLongReindex = ({ kind, params = [] }: Reindex): boolean =>
  !['REINDEX_OBJECT_INDEX', 'REINDEX_OBJECT_TABLE'].includes(String(kind)) ||
  params.some((param) => 'DefElem' in param && param.DefElem.defname === 'concurrently');

const detachesConcurrently = (command: Node): boolean => {
  const definition = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined;
  return (
    definition !== undefined && 'PartitionCmd' in definition && definition.PartitionCmd.concurrent === true
  );
};

/** Why no file may have a statement; undefined where it may. */
export function refusalOf(statement: Node): string | undefined {
  if ('TransactionStmt' in statement && PREPARED.has(String(statement.TransactionStmt.kind)))
    return 'a prepared transaction outlives the run: write BEGIN and COMMIT, or neither';
  if (!('CopyStmt' in statement)) return undefined;
  const { is_from: isFrom, is_program: isProgram, filename } = statement.CopyStmt;
  return isFrom && !isProgram && filename === undefined
    ? 'COPY FROM STDIN waits for rows, and a migration has no client that sends them'
    : undefined;
}

const PREPARED = new Set([
  'TRANS_STMT_PREPARE',
  'TRANS_STMT_COMMIT_PREPARED',
  'TRANS_STMT_ROLLBACK_PREPARED',
]);
