import { isUtf8 } from 'node:buffer';
import { parse, type Node } from 'libpg-query';
import { placeIn } from '../format/place-in-text.ts';
import { RunError } from '../model/errors.ts';
import { pathOf, type FileLocation } from '../model/file-location.ts';
import { readNamedFile, shownPath } from '../system/named-file.ts';

/** SQL and its origin, for messages. */
export interface SqlFile {
  /** Relative to the working directory where that is shorter. */
  path: string;
  text: string;
}

/** One statement of a file; `offset` is where `text` begins in the file, in UTF-16 units. */
export interface SqlStatement {
  text: string;
  offset: number;
  /** The file could not be split: this may be several statements. */
  isUnsplit?: true;
}

/** @throws RunError when the file cannot be read, or is not UTF-8; a byte order mark is no part of the text */
export async function readSqlFile(location: FileLocation): Promise<SqlFile> {
  const path = pathOf(location);
  const bytes = await readNamedFile(path).catch((cause: unknown) => {
    throw new RunError(`The SQL file ${path} cannot be read`, { detail: (cause as Error).message, cause });
  });
  const file = { path: shownPath(path), text: bytes.toString() };
  if (!isUtf8(bytes)) throw refused(file, firstReplaced(bytes), 'the file is not UTF-8');
  return { ...file, text: file.text.replace(/^\ufeff/, '') };
}

/** The first place where decoding replaced invalid bytes, in UTF-16 units. */
function firstReplaced(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString());
  const different = again.findIndex((byte, position) => byte !== bytes[position]);
  return again.subarray(0, different).toString().length;
}

/**
 * Splits a file with PostgreSQL's own parser (libpg_query). A file that does not parse is returned whole, as one
 * statement: the server decides what it accepts, and its error names the place.
 *
 * @throws RunError when the file cannot be applied as a whole, with the place of the obstacle
 */
export async function statementsOf(file: SqlFile): Promise<SqlStatement[]> {
  // For the parser and the server a text ends at a NUL: what follows would be ignored without an error.
  const nul = file.text.indexOf('\0');
  if (nul !== -1) throw refused(file, nul, 'the file has a NUL character');
  const parsed = await parse(file.text).catch(() => undefined);
  if (!parsed) return [{ text: file.text, offset: 0, isUnsplit: true }];
  const bytes = Buffer.from(file.text);
  let [seen, units] = [0, 0];
  return (parsed.stmts ?? []).map(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    units += bytes.subarray(seen, start).toString().length;
    seen = start;
    const raw = bytes.subarray(start, length ? start + length : undefined).toString();
    const text = raw.trimStart();
    const statement = { text, offset: units + raw.length - text.length };
    const refusal = refusalOf(stmt);
    if (refusal !== undefined) throw refused(file, statement.offset, refusal);
    return statement;
  });
}

function refused({ path, text }: SqlFile, offset: number, why: string): RunError {
  const { line, column, excerpt } = placeIn(text, offset);
  return new RunError(`${path}:${line}:${column}: ${why}`, {
    detail: excerpt,
    remedy: `Correct ${path}, then run again.`,
  });
}

/** Statements that end the file's transaction: a later failure would leave half of the file applied. */
const ENDS_TRANSACTION = new Set([
  'TRANS_STMT_BEGIN',
  'TRANS_STMT_START',
  'TRANS_STMT_COMMIT',
  'TRANS_STMT_ROLLBACK',
  'TRANS_STMT_PREPARE',
  'TRANS_STMT_COMMIT_PREPARED',
  'TRANS_STMT_ROLLBACK_PREPARED',
]);

/** Why a statement cannot stand in a file that is applied as a whole; undefined when it can. */
function refusalOf(statement: Node | undefined): string | undefined {
  if (!statement) return undefined;
  if ('TransactionStmt' in statement && ENDS_TRANSACTION.has(String(statement.TransactionStmt.kind)))
    return 'a file is applied in one transaction; it cannot begin or end one';
  if ('IndexStmt' in statement && statement.IndexStmt.concurrent)
    return 'a file is applied in one transaction, and CONCURRENTLY does not work in one; leave CONCURRENTLY out: --workload full measures both ways to build it';
  if (!('CopyStmt' in statement)) return undefined;
  const { is_from: isFrom, is_program: isProgram, filename } = statement.CopyStmt;
  return isFrom && !isProgram && filename === undefined
    ? 'COPY FROM STDIN waits for rows, and a migration has no client that sends them'
    : undefined;
}
