import { performance } from 'node:perf_hooks';
import type { ClientBase } from 'pg';
import {
  isCopied,
  type Cell,
  type GeneratedTable,
  type RowContext,
  type TableLoad,
  type TableSource,
} from '../bench/model/dataset.ts';
import { RunError } from '../bench/model/errors.ts';
import { canonicalRelation, quotedRelation } from '../bench/model/relation.ts';
import { copyFile } from './copy-file.ts';
import { copyRows, type CopyTotals } from './copy-stream.ts';
import { randomFor } from './random.ts';

/** A table that got more rows than the scale asked for. */
export interface RaisedTable {
  table: string;
  from: number;
  to: number;
  reason: string;
}

export interface LoadOptions {
  /** In an order that satisfies foreign keys. */
  tables: readonly TableSource[];
  scale: number;
  seed: number;
  signal: AbortSignal;
  /** @default 128 KiB */
  chunkBytes?: number;
}

/** The rows of each table at a scale, and the tables that a minimum raised. */
export function rowCounts(
  tables: readonly TableSource[],
  scale: number,
): { rowsOf: (table: string) => number; raised: RaisedTable[] } {
  const raised = tables.flatMap((table) => raisedTable(table, scale));
  const raisedTo = new Map(raised.map(({ table, to }) => [table, to]));
  const rows = new Map(
    tables.map((table) => [
      canonicalRelation(table.name),
      raisedTo.get(table.name) ?? askedRows(table, scale),
    ]),
  );
  return { rowsOf: (table) => rows.get(canonicalRelation(table)) ?? 0, raised };
}

const askedRows = (table: TableSource, scale: number): number =>
  isCopied(table) ? table.rows : Math.max(1, Math.round(table.rowsAtScaleOne * scale));

function raisedTable(table: TableSource, scale: number): RaisedTable[] {
  const from = askedRows(table, scale);
  if (isCopied(table) || !table.minimum || from >= table.minimum.rows) return [];
  const { rows: to, reason } = table.minimum;
  return [{ table: table.name, from, to, reason }];
}

/**
 * Fills every table by COPY and sets its sequence past the last id. Rows depend on seed, scale and table only: chunk
 * size and table order change no byte.
 *
 * @throws RunError naming the table, with PostgreSQL's message
 */
export async function loadTables(
  client: ClientBase,
  options: LoadOptions,
): Promise<{ loads: TableLoad[]; raised: RaisedTable[] }> {
  const { rowsOf, raised } = rowCounts(options.tables, options.scale);
  const loads: TableLoad[] = [];
  for (const table of options.tables) loads.push(await loadTable(client, table, rowsOf, options));
  return { loads, raised };
}

async function loadTable(
  client: ClientBase,
  table: TableSource,
  rowsOf: (table: string) => number,
  options: LoadOptions,
): Promise<TableLoad> {
  const start = performance.now();
  try {
    const totals = isCopied(table)
      ? await copyFile(client, table, options.signal)
      : await generate(client, table, rowsOf, options);
    return { table: table.name, ...totals, seconds: (performance.now() - start) / 1000 };
  } catch (cause) {
    options.signal.throwIfAborted();
    if (cause instanceof RunError) throw cause;
    const { message, where } = cause as Error & { where?: string };
    throw new RunError(`Loading table "${table.name}" failed: ${message}`, {
      ...(where && { detail: where }),
      cause,
    });
  }
}

async function generate(
  client: ClientBase,
  table: GeneratedTable,
  rowsOf: (table: string) => number,
  { seed, signal, chunkBytes }: LoadOptions,
): Promise<CopyTotals> {
  const { name, columns, serial } = table;
  const rows = rowsOfTable(table, { rows: rowsOf(name), rowsOf, random: randomFor(seed, name) });
  const options = { signal, ...(chunkBytes !== undefined && { chunkBytes }) };
  const totals = await copyRows(client, name, columns, rows, options);
  if (serial) await continueSequence(client, name, serial, totals.rows);
  return totals;
}

/** @param count how many, from the first on */
export function* rowsOfTable(
  table: GeneratedTable,
  context: RowContext,
  count = context.rows,
): Generator<readonly Cell[]> {
  for (let ordinal = 0; ordinal < count; ordinal++) yield rowAt(table, context, ordinal);
}

/** @throws RunError naming table and row where the suite's function makes none */
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

async function continueSequence(
  client: ClientBase,
  table: string,
  column: string,
  last: number,
): Promise<void> {
  const sequence = 'SELECT setval(pg_get_serial_sequence($1, $2), $3)';
  await client.query(sequence, [quotedRelation(table), column, last]);
}
