import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { CopyTotals } from './copy-stream.ts';

const NEWLINE = 0x0a;

/** A stream that COPY text passes through unchanged, and what has passed. */
export function copyMeter(): { through: Transform; totals: () => CopyTotals } {
  const hash = createHash('sha256');
  let [rows, bytes] = [0, 0];
  const through = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      rows += newlinesIn(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, totals: () => ({ rows, bytes, sha256: hash.digest('hex') }) };
}

/** As many as there are rows: in COPY text a newline inside a value is written as two other characters. */
function newlinesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
