import { randomBytes } from 'node:crypto';
import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { UsageError } from '../../model/errors.ts';
import type { LeftOut } from '../../model/source.ts';
import type { SourceTable } from '../source-tables.ts';
import { textColumns, type TextColumns } from './column-texts.ts';
import { FakeValues, type ColumnTexts } from './fake-values.ts';
import type { Key } from './keyed-state.ts';
import { wordsOfLiterals } from './literal-words.ts';

/** What literals are told by, and the fakes that take their places. */
export interface LiteralFakes {
  fakes: Pick<FakeValues, 'of'>;
  columns: TextColumns;
  /** Names of functions that PostgreSQL does not have itself. */
  ownFunctions: ReadonlySet<string>;
}

/** Which columns have texts, and the fakes that take their places. */
export interface Redaction extends LiteralFakes {
  fakes: FakeValues;
  /** See `RedactionChoice`. */
  keptTexts: readonly string[];
}

export interface RedactionChoice {
  /** Columns that keep their texts: the table as `relationText` writes it, a point, and the column. */
  keptTexts: readonly string[];
}

/** What fakes are prepared for. */
interface RedactionRequest extends RedactionChoice {
  /** Tables whose rows are copied. */
  tables: readonly SourceTable[];
  /** Schema and migration. */
  sql: string;
  /** Schemas in which names without one are looked up. */
  searchPath: readonly string[];
}

/**
 * Prepares fakes with a key of their own, which is kept nowhere.
 *
 * @throws UsageError where a column cannot be redacted, naming all of them
 */
export async function redactionOf(
  connection: Connection,
  { keptTexts, tables, sql, searchPath }: RedactionRequest,
): Promise<Redaction> {
  await refuseUnknownEncoding(connection);
  const copied = new Set(tables.map(({ name }) => name));
  const columns = await textColumns(connection, { keptTexts, copied, searchPath });
  const fakes = new FakeValues(newKey(), await wordsOfLiterals(sql));
  return { fakes, columns, ownFunctions: await ownFunctions(connection), keptTexts };
}

export async function ownFunctions(connection: Connection): Promise<Set<string>> {
  const rows = await askCatalog<{ name: string }>(
    connection,
    `SELECT DISTINCT p.proname AS name FROM pg_proc p WHERE p.pronamespace <> 'pg_catalog'::regnamespace`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** For people: what is not as in the source. */
export const redactedTexts = ({ keptTexts }: Redaction): LeftOut => ({
  object: 'the texts of the rows',
  reason: [
    ...(keptTexts.length > 0 ? [`copied as they are of ${keptTexts.join(', ')} (--keep-text)`] : []),
    'fakes of the same length and frequency stand in their places (--redact)',
  ].join('; of all others '),
});

/** What the columns of a table have, in the order in which they are copied. */
export const textsOfTable = (
  { columns }: Redaction,
  table: Pick<SourceTable, 'name' | 'columns'>,
): (ColumnTexts | undefined)[] => table.columns.map((column) => columns.get(table.name)?.get(column));

/** A random one, which is kept nowhere. */
export const newKey = (): Key => {
  const bytes = randomBytes(16);
  return [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)];
};

export async function refuseUnknownEncoding(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ server_encoding: string }>('SHOW server_encoding');
  if (rows[0]?.server_encoding === 'SQL_ASCII')
    throw new UsageError(['--redact: the encoding of the database is SQL_ASCII: nothing tells its letters']);
}
