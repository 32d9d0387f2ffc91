import { isUtf8 } from 'node:buffer';
import { bytes } from '../../format/quantity.ts';
import { RunError } from '../../model/errors.ts';
import { shownPath } from '../../system/named-file.ts';
import { LAST_LINE } from './dump-header.ts';
import { DumpLines } from './dump-lines.ts';
import { StatementEnds } from './statement-ends.ts';
import { truncated } from './truncated.ts';

/** A statement of a dump. */
export interface DumpStatement {
  sql: string;
  /** Where it begins. */
  line: number;
  /** Of `COPY ... FROM stdin`, to be read to their end before the next statement is asked for. */
  rows?: AsyncIterable<Buffer>;
}

/**
 * Splits a dump into its statements. Commands of psql, which protect it or connect it, are left out.
 *
 * @param path for messages
 * @throws RunError where the dump ends too early, or has a statement in another encoding than UTF-8
 */
export async function* statementsOfDump(
  chunks: AsyncIterable<Buffer>,
  path: string,
): AsyncGenerator<DumpStatement> {
  const lines = new DumpLines(chunks, path);
  try {
    yield* statementsIn(lines, path);
  } finally {
    await lines.close();
  }
}

async function* statementsIn(lines: DumpLines, path: string): AsyncGenerator<DumpStatement> {
  const ends = new StatementEnds();
  const begun = new BegunStatement(path);
  let isComplete = false;
  for (let line = await lines.line(); line; line = await lines.line()) {
    if (line.length > MOST_BYTES) throw tooLong(path, lines.next - 1);
    const text = line.toString('latin1');
    if (begun.isEmpty && ends.isBetween && isNoSql(text)) {
      isComplete ||= text.startsWith(LAST_LINE);
      continue;
    }
    let from = 0;
    for (const end of ends.in(text)) {
      begun.add(line.subarray(from, end), lines.next - 1);
      from = end;
      const statement = begun.take();
      yield takesRows(statement.sql) ? { ...statement, rows: rowsOf(statement, lines, path) } : statement;
    }
    begun.add(line.subarray(from), lines.next - 1);
  }
  if (!isComplete) throw truncated(path, `it has no line "${LAST_LINE}" at its end`);
}

/** Comments, empty lines, and commands of psql such as \connect and \restrict. */
const isNoSql = (line: string): boolean => /^\s*(?:--|\\|$)/.test(line);

const takesRows = (sql: string): boolean => /^COPY\s[^]*\sFROM\s+stdin\s*(?:;|\bWITH\b|\()/i.test(sql);

async function* rowsOf({ line }: DumpStatement, lines: DumpLines, path: string): AsyncGenerator<Buffer> {
  const isWhole = yield* lines.rows();
  if (!isWhole) throw truncated(path, `the rows of line ${line} do not end`);
}

/** Of a statement: JavaScript has no text of more than 512 MB. */
const MOST_BYTES = 256 * 1024 ** 2;

const tooLong = (path: string, line: number): RunError =>
  new RunError(`${shownPath(path)}:${line}: the statement is longer than ${bytes(MOST_BYTES)}`, {
    remedy: 'Restore the dump on a server of yours, and read that: --from postgres://...',
  });

/** The lines of a statement so far. */
class BegunStatement {
  readonly #path: string;
  #parts: Buffer[] = [];
  #length = 0;
  #line = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** What lies between two statements is no part of one. */
  add(part: Buffer, line: number): void {
    if (this.isEmpty && /^\s*$/.test(part.toString('latin1'))) return;
    if (this.isEmpty) this.#line = line;
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length > MOST_BYTES) throw tooLong(this.#path, this.#line);
  }

  take(): DumpStatement {
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    if (isUtf8(whole)) return { sql: whole.toString().trimStart(), line: this.#line };
    throw new RunError(`${shownPath(this.#path)}:${this.#line}: the statement is not UTF-8`, {
      remedy: 'Make the dump again with pg_dump --encoding=UTF8.',
    });
  }
}
