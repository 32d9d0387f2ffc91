import { performance } from 'node:perf_hooks';
import type { ClientBase } from 'pg';
import { isCopied, type GeneratedTable, type TableLoad, type TableSource } from '../bench/model/dataset.ts';
import { RunError } from '../bench/model/errors.ts';
import { quotedRelation } from '../bench/model/relation.ts';
import { makingHere, type MakeChunk } from './chunks.ts';
import { copyFile } from './copy-file.ts';
import { copyChunks, type CopyTotals } from './copy-stream.ts';
import { inLanes } from './lanes.ts';
import { rowCounts, type RaisedTable } from './row-counts.ts';

export interface LoadOptions {
  tables: readonly TableSource[];
  scale: number;
  seed: number;
  signal: AbortSignal;
  /** @default in this thread */
  makeChunk?: MakeChunk;
  /** What is done to a table once it has its rows, in the session that has sent them. @default nothing */
  finish?: (session: ClientBase, table: TableSource) => Promise<void>;
}

/**
 * Fills every table by COPY and sets its sequence past the last id. Rows depend on seed, scale and table only: no number
 * of sessions or threads, and no order of the tables, changes a byte. One session loads them in their order, which satisfies
 * foreign keys; several begin with the largest.
 *
 * @throws RunError naming the table, with PostgreSQL's message
 */
export async function loadTables(
  sessions: readonly ClientBase[],
  options: LoadOptions,
): Promise<{ loads: TableLoad[]; raised: RaisedTable[] }> {
  const { tables, scale, seed, signal } = options;
  const { rowsOf, raised } = rowCounts(tables, scale);
  const make = options.makeChunk ?? makingHere(tables, { rowsOf, seed });
  const order = sessions.length > 1 ? tables.toSorted((a, b) => rowsOf(b.name) - rowsOf(a.name)) : tables;
  const loads = new Map<TableSource, TableLoad>();
  await inLanes(sessions, order, signal, async (session, table, ended) => {
    const load = () => sendRows(session, table, rowsOf(table.name), make, ended);
    loads.set(table, await timed(table, signal, load));
    await options.finish?.(session, table);
  });
  return { loads: tables.flatMap((table) => loads.get(table) ?? []), raised };
}

async function timed(
  { name }: TableSource,
  signal: AbortSignal,
  load: () => Promise<CopyTotals>,
): Promise<TableLoad> {
  const start = performance.now();
  try {
    return { table: name, ...(await load()), seconds: (performance.now() - start) / 1000 };
  } catch (cause) {
    signal.throwIfAborted();
    throw loadError(name, cause as Error);
  }
}

/** @param cause where it is PostgreSQL's, with the place in the COPY text, or the key that breaks a constraint */
export function loadError(table: string, cause: Error & { where?: string; detail?: string }): RunError {
  if (cause instanceof RunError) return cause;
  const detail = cause.where ?? cause.detail;
  return new RunError(`Loading table "${table}" failed: ${cause.message}`, {
    ...(detail && { detail }),
    cause,
  });
}

async function sendRows(
  session: ClientBase,
  table: TableSource,
  rows: number,
  make: MakeChunk,
  signal: AbortSignal,
): Promise<CopyTotals> {
  if (isCopied(table)) return copyFile(session, table, signal);
  const totals = await copyChunks(session, table, rows, make, signal);
  await continueSequence(session, table, totals.rows);
  return totals;
}

async function continueSequence(
  session: ClientBase,
  { name, serial }: GeneratedTable,
  last: number,
): Promise<void> {
  if (!serial) return;
  const sequence = 'SELECT setval(pg_get_serial_sequence($1, $2), $3)';
  await session.query(sequence, [quotedRelation(name), serial, last]);
}
