import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { quotedRelation } from '../bench/model/relation.ts';
import { chunkCount, type Chunk, type MakeChunk } from './chunks.ts';

/** Totals of a stream of COPY text. */
export interface CopyTotals {
  rows: number;
  bytes: number;
  /** Hexadecimal checksum of a file's text; of chunks, that of their checksums in order. */
  sha256: string;
}

/** Chunks that are being made while others are on their way to the server. */
const CHUNKS_AHEAD = 8;

/** Sends the rows of a table to it by COPY, in their order. Waits for a slower server. */
export async function copyChunks(
  client: ClientBase,
  { name, columns }: { name: string; columns: readonly string[] },
  rows: number,
  make: MakeChunk,
  signal: AbortSignal,
): Promise<CopyTotals> {
  const hash = createHash('sha256');
  const totals = { rows: 0, bytes: 0 };
  const texts = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of inOrder(chunkCount(rows), (ordinal) => make(name, ordinal))) {
      hash.update(chunk.sha256);
      totals.rows += chunk.rows;
      totals.bytes += chunk.text.length;
      yield chunk.text;
    }
  };
  const source = Readable.from(texts(), { objectMode: true, highWaterMark: 2 });
  await pipeline(source, client.query(copyFrom(copyStatement(name, columns))), { signal });
  return { ...totals, sha256: hash.digest('hex') };
}

/** Asks for some chunks before they are wanted. */
async function* inOrder(count: number, make: (ordinal: number) => Promise<Chunk>): AsyncGenerator<Chunk> {
  const asked: Promise<Chunk>[] = [];
  let next = 0;
  const ask = (): void => {
    const chunk = make(next++);
    // Where the stream ends early, nobody waits for it.
    chunk.catch(() => undefined);
    asked.push(chunk);
  };
  while (next < count && next < CHUNKS_AHEAD) ask();
  for (let first = asked.shift(); first; first = asked.shift()) {
    yield await first;
    if (next < count) ask();
  }
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
