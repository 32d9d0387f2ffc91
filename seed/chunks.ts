import { createHash } from 'node:crypto';
import {
  isCopied,
  type Cell,
  type GeneratedTable,
  type RowContext,
  type TableSource,
} from '../bench/model/dataset.ts';
import { RunError } from '../bench/model/errors.ts';
import { copyLine } from './copy-text.ts';
import { randomFor } from './random.ts';

/** Rows that are made from one stream of random numbers. */
export const ROWS_A_CHUNK = 512;

/** Some rows of a table, one after another, as COPY text. */
export interface Chunk {
  text: Uint8Array;
  rows: number;
  /** Of the text. */
  sha256: Uint8Array;
}

/** Makes the chunk with this ordinal, from 0, of a table with this name. */
export type MakeChunk = (table: string, ordinal: number) => Promise<Chunk>;

/** What decides the rows of a table, besides the table. */
export interface RowFacts {
  rowsOf: (table: string) => number;
  seed: number;
}

export const chunkCount = (rows: number): number => Math.ceil(rows / ROWS_A_CHUNK);

/**
 * The chunk with this ordinal. Its random numbers are its own: it depends on no other chunk, and any number of threads can
 * make them in any order.
 *
 * @throws RunError naming table and row where the suite's function makes none
 * @throws RangeError, TypeError for a value that COPY cannot represent
 */
export function chunkOf(table: GeneratedTable, { rowsOf, seed }: RowFacts, ordinal: number): Chunk {
  const rows = rowsOf(table.name);
  const context = { rows, rowsOf, seed, random: randomFor(seed, `${table.name} ${ordinal}`) };
  const first = ordinal * ROWS_A_CHUNK;
  const end = Math.min(rows, first + ROWS_A_CHUNK);
  let lines = '';
  for (let row = first; row < end; row++) lines += copyLine(rowAt(table, context, row));
  const text = new TextEncoder().encode(lines);
  return { text, rows: end - first, sha256: createHash('sha256').update(text).digest() };
}

/** Makes chunks where they are asked for, one at a time. */
export function makingHere(tables: readonly TableSource[], facts: RowFacts): MakeChunk {
  const generated = new Map(tables.flatMap((table) => (isCopied(table) ? [] : [[table.name, table]])));
  return (name, ordinal) =>
    new Promise((made) => {
      const table = generated.get(name);
      if (!table) throw new Error(`table "${name}" is not among those whose rows are made`);
      made(chunkOf(table, facts, ordinal));
    });
}

function rowAt(
  { name, columns, row }: GeneratedTable,
  context: RowContext,
  ordinal: number,
): readonly Cell[] {
  const cells = attempt(() => row(context, ordinal));
  if (Array.isArray(cells) && cells.length === columns.length) return cells as Cell[];
  const made = Array.isArray(cells) ? `${cells.length} cells` : cells instanceof Error ? cells : typeof cells;
  throw new RunError(`Row ${ordinal} of table "${name}" cannot be made: row() gives ${String(made)}`, {
    remedy: `It takes an array with a cell for each of the columns: ${columns.join(', ')}.`,
  });
}

/** @returns what was thrown, as an Error, where something was */
function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}
