import { DatabaseError } from 'pg';
import { RunError } from '../model/errors.ts';
import type { SqlFile, SqlStatement } from './sql-file.ts';
import { placeIn } from '../format/place-in-text.ts';

/**
 * PostgreSQL's error for a statement of a file: file, line, column and a caret under the place. Where the server
 * gives no position, the place is the beginning of the statement.
 */
export function sqlFileError(file: SqlFile, statement: SqlStatement, cause: unknown): unknown {
  if (!(cause instanceof DatabaseError)) return cause;
  const { line, column, excerpt } = placeIn(file.text, statement.offset + positionIn(statement.text, cause));
  return new RunError(`${file.path}:${line}:${column}: ${cause.message}`, {
    detail: [excerpt, ...hintsOf(cause)].join('\n'),
    remedy: remedyFor(file),
    cause,
  });
}

/** PostgreSQL's error at the end of the transaction, where deferred constraints are checked: no statement is to blame. */
export function commitError(file: SqlFile, cause: unknown): unknown {
  if (!(cause instanceof DatabaseError)) return cause;
  const detail = ['  when the transaction of the file was committed', ...hintsOf(cause)].join('\n');
  return new RunError(`${file.path}: ${cause.message}`, { detail, remedy: remedyFor(file), cause });
}

const remedyFor = ({ path }: SqlFile): string => `Correct ${path}, then run again.`;

export const hintsOf = ({ detail, hint }: DatabaseError): string[] =>
  [detail, hint].flatMap((text) => (text === undefined ? [] : [`  ${text}`]));

/** The server counts code points from 1; strings here count UTF-16 units from 0. */
export function positionIn(text: string, error: DatabaseError): number {
  if (error.position === undefined) return commentsBefore(text);
  return Array.from(text)
    .slice(0, Number(error.position) - 1)
    .join('').length;
}

const commentsBefore = (text: string): number => /^(?:\s+|--[^\n]*\n)*/.exec(text)?.[0].length ?? 0;
