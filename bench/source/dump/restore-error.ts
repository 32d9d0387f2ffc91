import { DatabaseError } from 'pg';
import { hintsOf, positionIn } from '../../database/sql-error.ts';
import { placeIn } from '../../format/place-in-text.ts';
import { RunError } from '../../model/errors.ts';
import { shownPath } from '../../system/named-file.ts';
import type { DumpStatement } from './dump-statements.ts';

const DISK_FULL = '53100';

/** What failed, and what is known of why. */
interface Failure {
  /** Of the dump. */
  path: string;
  statement: DumpStatement;
  /** Extensions that the server does not have. */
  missing: readonly string[];
}

/** PostgreSQL's error for a statement of a dump, with its place. */
export function restoreError({ path, statement, missing }: Failure, cause: unknown): unknown {
  if (!(cause instanceof DatabaseError)) return cause;
  if (cause.code === DISK_FULL) return noRoom(path, cause.message, cause);
  const { line, shown } = placeOf(statement, cause);
  const lacking = missing.map((name) => `  This server does not have the extension "${name}".`);
  return new RunError(`${shownPath(path)}:${line}: ${cause.message}`, {
    detail: [shown, ...hintsOf(cause), ...lacking].join('\n'),
    remedy: 'Restore the dump on a server of yours that takes it, and read that: --from postgres://...',
    cause,
  });
}

export const noRoom = (path: string, detail: string, cause?: unknown): RunError =>
  new RunError(`There is no room to restore ${shownPath(path)}`, {
    detail: `  ${detail}`,
    remedy: 'Make room in the temporary directory, or name another one in TMPDIR.',
    cause,
  });

/** PostgreSQL counts the rows of COPY from the line behind the statement. */
const ROW = /^COPY [^]*?, line (\d+)/;

function placeOf({ sql, line: first }: DumpStatement, cause: DatabaseError): { line: number; shown: string } {
  const [where, row] = ROW.exec(cause.where ?? '') ?? [];
  if (row !== undefined) return { line: first + Number(row), shown: `  ${where}` };
  const { line, excerpt } = placeIn(sql, positionIn(sql, cause), first);
  return { line, shown: excerpt };
}
