import { isUtf8 } from 'node:buffer';
import { parse } from 'libpg-query';
import { placeIn } from '../format/place-in-text.ts';
import { RunError } from '../model/errors.ts';
import type { FileTransaction } from '../model/candidate.ts';
import { pathOf, type FileLocation } from '../model/file-location.ts';
import { readNamedFile, shownPath } from '../system/named-file.ts';
import { limitsTransaction, refusalOf, standsAlone } from './transaction-rules.ts';

/** SQL and its origin, for messages. */
export interface SqlFile {
  /** Relative to the working directory where that is shorter. */
  path: string;
  text: string;
  /** @default one for all statements, unless one of them cannot be part of a transaction */
  transaction?: FileTransaction;
}

/** One statement of a file; `offset` is where `text` begins in the file, in UTF-16 units. */
export interface SqlStatement {
  text: string;
  offset: number;
  /** The file could not be split: this may be several statements. */
  isUnsplit?: true;
  /** It cannot be part of a transaction that is begun for the file. */
  standsAlone?: true;
  /** It begins or ends a transaction. */
  limitsTransaction?: true;
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
 * @throws RunError when the file cannot be applied, with the place of the obstacle
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
    const offset = units + raw.length - text.length;
    const refusal = stmt && refusalOf(stmt);
    if (refusal !== undefined) throw refused(file, offset, refusal);
    return {
      ...{ text, offset },
      ...(stmt && standsAlone(stmt) && { standsAlone: true as const }),
      ...(stmt && limitsTransaction(stmt) && { limitsTransaction: true as const }),
    };
  });
}

export function refused({ path, text }: SqlFile, offset: number, why: string): RunError {
  const { line, column, excerpt } = placeIn(text, offset);
  return new RunError(`${path}:${line}:${column}: ${why}`, {
    detail: excerpt,
    remedy: `Correct ${path}, then run again.`,
  });
}
