import { RunError } from '../../model/errors.ts';
import { bytes } from '../../format/quantity.ts';
import { shownPath } from '../../system/named-file.ts';

const NEWLINE = 0x0a;

/** PostgreSQL holds no more of a row at once (MaxAllocSize). */
const LONGEST_LINE = 1024 ** 3;

/** A dump's bytes, taken as lines or as rows of COPY. Holds one chunk, or one line where that is longer. */
export class DumpLines {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  readonly #path: string;
  /** Number of the line that is taken next. */
  next = 1;

  /** @param path for messages */
  constructor(chunks: AsyncIterable<Buffer>, path: string) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#path = path;
  }

  /** The next line with its newline; undefined at the end. */
  async line(): Promise<Buffer | undefined> {
    const end = await this.#whereLineEnds();
    if (end === 0) return undefined;
    const line = this.#held.subarray(0, end);
    this.#held = this.#held.subarray(end);
    this.next++;
    return line;
  }

  /**
   * The lines up to the one that ends the rows of COPY, in large parts, and takes that line, too.
   *
   * @returns false where the dump ends before
   */
  async *rows(): AsyncGenerator<Buffer, boolean> {
    for (;;) {
      const whole = await this.#wholeLines();
      if (whole === 0) return false;
      const end = endOfRows(this.#held.subarray(0, whole));
      const rows = this.#held.subarray(0, end ?? whole);
      this.next += newlinesIn(rows);
      this.#held = this.#held.subarray(rows.length);
      if (rows.length > 0) yield rows;
      if (end === undefined) continue;
      await this.line();
      return true;
    }
  }

  /** Lets go of what the dump is read from. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #whereLineEnds(): Promise<number> {
    let end = this.#held.indexOf(NEWLINE);
    const parts = [this.#held];
    for (let length = this.#held.length; end === -1; length += parts.at(-1)?.length ?? 0) {
      if (length > LONGEST_LINE) throw this.#tooLong();
      const chunk = await this.#chunk();
      if (!chunk) return (this.#held = Buffer.concat(parts)).length;
      parts.push(chunk);
      if (!chunk.includes(NEWLINE)) continue;
      this.#held = Buffer.concat(parts);
      end = this.#held.indexOf(NEWLINE);
    }
    return end + 1;
  }

  /** How many of the bytes that are held are whole lines: one at least, unless the dump ends. */
  async #wholeLines(): Promise<number> {
    if (!this.#held.includes(NEWLINE)) await this.#whereLineEnds();
    return this.#held.lastIndexOf(NEWLINE) + 1 || this.#held.length;
  }

  #tooLong(): RunError {
    return new RunError(
      `${shownPath(this.#path)}:${this.next}: the line is longer than ${bytes(LONGEST_LINE)}`,
      {
        detail: '  PostgreSQL takes no such row.',
        remedy: 'Restore the dump on a server of yours, and read that: --from postgres://...',
      },
    );
  }

  async #chunk(): Promise<Buffer | undefined> {
    const next = await this.#chunks.next();
    return next.done ? undefined : next.value;
  }
}

/** What stands alone on the line behind the rows of COPY (PostgreSQL manual, COPY, "Text Format"). */
const END_MARK = /^\\\.\r?\n?$/;
const LONGEST_MARK = 4;

/** Where the line begins that ends the rows; undefined where these lines have none. */
function endOfRows(lines: Buffer): number | undefined {
  if (isMark(lines, 0)) return 0;
  for (let at = lines.indexOf('\n\\.'); at !== -1; at = lines.indexOf('\n\\.', at + 1))
    if (isMark(lines, at + 1)) return at + 1;
  return undefined;
}

function isMark(lines: Buffer, at: number): boolean {
  const begun = lines.toString('latin1', at, at + LONGEST_MARK);
  return END_MARK.test(begun.slice(0, begun.indexOf('\n') + 1 || undefined));
}

function newlinesIn(bytes: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) found++;
  return found;
}
