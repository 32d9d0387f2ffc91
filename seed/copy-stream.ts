import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell } from '../bench/model/dataset.ts';
import { quotedRelation } from '../bench/model/relation.ts';
import { copyLine } from './copy-text.ts';

/** The size of COPY chunks: one message per row is four to five times as slow. */
const CHUNK_BYTES = 128 * 1024;

/** Totals of a stream of COPY text. */
export interface CopyTotals {
  rows: number;
  bytes: number;
  /** Hexadecimal checksum of the whole text, independent of its chunks. */
  sha256: string;
}

/** Sends rows to a table by COPY. Keeps one chunk in memory, and waits for a slower server. */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
  options: { chunkBytes?: number; signal?: AbortSignal } = {},
): Promise<CopyTotals> {
  const hash = createHash('sha256');
  const totals = { rows: 0, bytes: 0 };
  const chunks = function* (): Generator<Buffer> {
    for (const { text, count } of chunked(rows, options.chunkBytes ?? CHUNK_BYTES)) {
      const chunk = Buffer.from(text);
      hash.update(chunk);
      totals.rows += count;
      totals.bytes += chunk.length;
      yield chunk;
    }
  };
  const source = Readable.from(chunks(), { objectMode: true, highWaterMark: 2 });
  const sink = client.query(copyFrom(copyStatement(table, columns)));
  await pipeline(source, sink, options.signal ? { signal: options.signal } : {});
  return { ...totals, sha256: hash.digest('hex') };
}

/** Sends ready-made COPY text for a `COPY ... FROM STDIN` statement. */
export async function copyText(client: ClientBase, sql: string, text: string): Promise<void> {
  await pipeline(Readable.from([Buffer.from(text)]), client.query(copyFrom(sql)));
}

export function copyStatement(table: string, columns: readonly string[]): string {
  return `COPY ${quotedRelation(table)}${copiedColumns(columns)} FROM STDIN`;
}

/** The column list of COPY; one of no columns may not be written. */
export const copiedColumns = (columns: readonly string[]): string =>
  columns.length > 0 ? ` (${columns.map(escapeIdentifier).join(', ')})` : '';

/** Joins rows into chunks of at least `size` characters, except the last; a chunk ends at a row's end. */
function* chunked(rows: Iterable<readonly Cell[]>, size: number): Generator<{ text: string; count: number }> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    text += copyLine(row);
    count++;
    if (text.length >= size) {
      yield { text, count };
      text = '';
      count = 0;
    }
  }
  if (count > 0) yield { text, count };
}
