import { DatabaseError } from 'pg';
import { hintsOf, positionIn } from '../../database/sql-error.ts';
import { placeIn } from '../../format/place-in-text.ts';
import { RunError } from '../../model/errors.ts';
import { shownPath } from '../../system/named-file.ts';
import type { DumpStatement } from './dump-statements.ts';

const DISK_FULL = '53100';

/** A dump as it is shown. */
export interface ShownDump {
  path: string;
  /** Whether what PostgreSQL says of its rows is kept from the terminal, too. */
  hidesRows: boolean;
}

/** What failed, and what is known of why. */
interface Failure extends ShownDump {
  statement: DumpStatement;
  /** Extensions that the server does not have. */
  missing: readonly string[];
}

/** PostgreSQL's error for a statement of a dump, with its place. */
export function restoreError({ path, hidesRows, statement, missing }: Failure, cause: unknown): unknown {
  if (!(cause instanceof DatabaseError)) return cause;
  if (cause.code === DISK_FULL) return noRoom(path, cause.message, cause);
  const { line, shown } = placeOf(statement, cause);
  const lacking = missing.map((name) => `  This server does not have the extension "${name}".`);
  const said = hidesRows ? withoutRows(cause) : { message: cause.message, lines: [shown, ...hintsOf(cause)] };
  return new RunError(`${shownPath(path)}:${line}: ${said.message}`, {
    detail: [...said.lines, ...lacking].join('\n'),
    remedy: 'Restore the dump on a server of yours that takes it, and read that: --from postgres://...',
    cause,
  });
}

/** Message, detail and excerpt may have a row. */
const withoutRows = ({ code, schema, table, column, constraint }: DatabaseError) => ({
  message: `PostgreSQL's error ${code ?? ''}, which may quote rows, and is not shown (--redact)`,
  lines: Object.entries({ schema, table, column, constraint }).flatMap(([what, name]) =>
    name === undefined ? [] : [`  ${what} ${name}`],
  ),
});

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
