import { Transform } from 'node:stream';
import type { ColumnTexts, FakeValues } from './fake-values.ts';

const [TAB, NEWLINE, BACKSLASH, LETTER_N] = [0x09, 0x0a, 0x5c, 0x4e] as const;

/**
 * A stream of COPY text with fakes in place of the texts of rows.
 *
 * @param columns of the rows, in their order
 */
export function fakeRows(fakes: FakeValues, columns: readonly (ColumnTexts | undefined)[]): Transform {
  return wholeRows((rows) => {
    const parts: Buffer[] = [];
    let [start, column, done] = [0, 0, 0];
    for (let at = 0; at < rows.length; at++) {
      const byte = rows[at];
      if (byte !== TAB && byte !== NEWLINE) continue;
      const texts = columns[column];
      const other = texts && !isNull(rows, start, at) ? fakes.replaceIn(rows, start, at, texts) : undefined;
      if (other) {
        parts.push(rows.subarray(done, start), other);
        done = at;
      }
      column = byte === NEWLINE ? 0 : column + 1;
      start = at + 1;
    }
    return done === 0 ? rows : Buffer.concat([...parts, rows.subarray(done)]);
  });
}

const isNull = (rows: Buffer, start: number, end: number): boolean =>
  end - start === 2 && rows[start] === BACKSLASH && rows[start + 1] === LETTER_N;

/** Changes whole rows only, each with its newline: a chunk may end inside of one. */
function wholeRows(changed: (rows: Buffer) => Buffer): Transform {
  let begun: Buffer[] = [];
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end > 0) {
        const rows = Buffer.concat([...begun, chunk.subarray(0, end)]);
        begun = [];
        this.push(changed(rows));
      }
      if (end < chunk.length) begun.push(Buffer.from(chunk.subarray(end)));
      done();
    },
  });
}
