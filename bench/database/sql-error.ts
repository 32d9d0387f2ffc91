import { DatabaseError } from 'pg';
import { RunError } from '../model/errors.ts';
import type { SqlFile, SqlStatement } from './sql-file.ts';

/**
 * PostgreSQL's error for a statement of a file, with file, line, column and a caret under the place. Where
 * the server gives no position, the place is the beginning of the statement.
 */
export function sqlFileError(file: SqlFile, statement: SqlStatement, cause: unknown): unknown {
  if (!(cause instanceof DatabaseError)) return cause;
  const { line, column, source } = locate(file.text, statement.offset + positionIn(statement.text, cause));
  const gutter = String(line);
  const hints = [cause.detail, cause.hint].filter((text) => text !== undefined);
  return new RunError(`${file.path}:${line}:${column}: ${cause.message}`, {
    detail: [
      `  ${gutter} | ${source}`,
      `  ${' '.repeat(gutter.length)} | ${Array.from(source)
        .slice(0, column - 1)
        .join('')
        .replace(/[^\t]/gu, ' ')}^`,
      ...hints.map((hint) => `  ${hint}`),
    ].join('\n'),
    remedy: `Correct ${file.path}, then run again.`,
    cause,
  });
}

/** The server counts characters (code points) from 1; strings here count UTF-16 units from 0. */
function positionIn(text: string, error: DatabaseError): number {
  if (error.position === undefined) return commentsBefore(text);
  return Array.from(text)
    .slice(0, Number(error.position) - 1)
    .join('').length;
}

const commentsBefore = (text: string): number => /^(?:\s+|--[^\n]*\n)*/.exec(text)?.[0].length ?? 0;

function locate(text: string, offset: number): { line: number; column: number; source: string } {
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  return {
    line,
    column: Array.from(before.at(-1) ?? '').length + 1,
    source: text.split('\n')[line - 1] ?? '',
  };
}
