import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { escapeIdentifier } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copyMeter } from '../../seed/copy-meter.ts';
import { copiedColumns, type CopyTotals } from '../../seed/copy-stream.ts';
import type { Connection } from '../database/connection.ts';
import { isFull } from '../system/disk.ts';
import { RunError } from '../model/errors.ts';
import { quotedRelation } from '../model/relation.ts';
import type { Inspection } from './inspection.ts';
import type { Source } from './open-source.ts';
import { fakeRows } from './redact/fake-rows.ts';
import { textsOfTable, type Redaction } from './redact/redaction.ts';
import type { SamplePlan } from './sample/sample-plan.ts';
import { sampleQuery } from './sample/sample-query.ts';
import type { SourceTable } from './source-tables.ts';

/** Read at the same time: one process of the server and this one keep two cores busy. */
const READERS = 2;

/** What was copied of one table. */
export interface TableCopy extends CopyTotals {
  table: SourceTable;
}

/** A table of a suite, and how many rows it has there: copies, or made of statistics. */
export type FilledTable = Pick<TableCopy, 'table' | 'rows'>;

/**
 * Writes the rows of each table to a file, as COPY text in the order in which they lie. The largest table is begun first.
 *
 * @param fileOf the file of a table
 * @param copied called after each table
 * @throws the error of a full disk, or RunError naming the table that cannot be read, with PostgreSQL's reason
 */
export async function copyTables(
  source: Source,
  { tables, sample, redaction }: Pick<Inspection, 'tables' | 'sample' | 'redaction'>,
  fileOf: (table: SourceTable) => string,
  copied: (copy: TableCopy) => void,
  signal: AbortSignal,
): Promise<TableCopy[]> {
  const waiting = [...tables].sort((a, b) => a.bytes - b.bytes);
  const copies: TableCopy[] = [];
  const readAll = async (reader: Connection): Promise<void> => {
    for (let table = waiting.pop(); table; table = waiting.pop()) {
      const copy = await copyTable(reader, table, { file: fileOf(table), sample, redaction }, signal);
      copies.push(copy);
      copied(copy);
    }
  };
  await source.withReaders(Math.min(READERS, tables.length), (readers) => Promise.all(readers.map(readAll)));
  return tables.flatMap((table) => copies.filter((copy) => copy.table === table));
}

async function copyTable(
  reader: Connection,
  table: SourceTable,
  { file, sample, redaction }: { file: string; sample: SamplePlan; redaction: Redaction | undefined },
  signal: AbortSignal,
): Promise<TableCopy> {
  const { through, totals } = copyMeter();
  try {
    // Somebody's rows: nobody else on this machine is to read them.
    const to = createWriteStream(file, { mode: 0o600 });
    const rows = reader.query(copyTo(copyStatement(table, sample)));
    const replacing = redaction ? [fakeRows(redaction.fakes, textsOfTable(redaction, table))] : [];
    await pipeline([rows, ...replacing, through, to], { signal });
    return { table, ...totals() };
  } catch (cause) {
    signal.throwIfAborted();
    if (isFull(cause)) throw cause;
    throw new RunError(`Table ${table.name} cannot be read: ${(cause as Error).message}`, {
      remedy: remedyFor(cause as Error & { code?: string }, table),
      cause,
    });
  }
}

/** PostgreSQL copies a partitioned table by a query only. */
function copyStatement({ name, columns, isPartitioned }: SourceTable, sample: SamplePlan): string {
  const query = sampleQuery(name, columns, sample);
  if (query !== undefined) return `COPY (${query}) TO STDOUT`;
  const relation = quotedRelation(name);
  return isPartitioned
    ? `COPY (SELECT ${columns.map(escapeIdentifier).join(', ')} FROM ${relation}) TO STDOUT`
    : `COPY ${relation}${copiedColumns(columns)} TO STDOUT`;
}

const INSUFFICIENT_PRIVILEGE = '42501';
const LOCK_NOT_AVAILABLE = '55P03';

/** On a standby: the primary has removed rows that the snapshot still needs. */
const CONFLICT = '40001';

/** Row security is refused with the same code as a missing right. */
function remedyFor({ code, message }: Error & { code?: string }, { name }: SourceTable): string {
  const leaveOut = `leave it out: --exclude ${name}`;
  if (code === CONFLICT)
    return 'Raise max_standby_streaming_delay or set hot_standby_feedback on the standby, or read the primary';
  if (code === LOCK_NOT_AVAILABLE) return 'Another session has locked it: begin again when that has ended';
  if (code !== INSUFFICIENT_PRIVILEGE) return `Look into the log of the source, or ${leaveOut}`;
  return message.includes('row-level security')
    ? `Have somebody give the role BYPASSRLS, or ${leaveOut}`
    : `Have somebody grant SELECT on it, or ${leaveOut}`;
}
