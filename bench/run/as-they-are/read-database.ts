import { performance } from 'node:perf_hooks';
import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { attempted } from '../../database/item-failure.ts';
import { listIndexes, type CatalogIndex } from '../../database/indexes.ts';
import { relationTextOf } from '../../database/relations.ts';
import { tableSizes, type TableSize } from '../../database/table-sizes.ts';
import { RunError } from '../../model/errors.ts';
import { quotedRelation } from '../../model/relation.ts';
import { readSchema } from './read-schema.ts';

/** A table whose rows were counted, and how long that took. */
export interface CountedTable {
  table: string;
  rows: number;
  seconds: number;
  size: TableSize;
}

/** One of two databases that should differ in indexes alone. */
export interface ReadDatabase {
  indexes: readonly CatalogIndex[];
  tables: readonly CountedTable[];
  /** A text for each part of the schema but indexes and the constraints that they carry out. */
  schema: ReadonlyMap<string, string>;
}

/** They hold no rows to be counted. */
const UNPOPULATED = `
  SELECT ${relationTextOf('n', 'c')} AS "table" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'm' AND NOT c.relispopulated`;

/** Reads what has to be the same in both, and counts every row. */
export async function readDatabase(connection: Connection): Promise<ReadDatabase> {
  const unpopulated = await askCatalog<{ table: string }>(connection, UNPOPULATED);
  const isCountable = ({ table }: TableSize): boolean => unpopulated.every((one) => one.table !== table);
  const tables: CountedTable[] = [];
  for (const size of (await tableSizes(connection)).filter(isCountable))
    tables.push(await countRows(connection, size));
  return {
    indexes: await listIndexes(connection),
    tables,
    schema: await readSchema(connection),
  };
}

async function countRows(connection: Connection, size: TableSize): Promise<CountedTable> {
  const { table } = size;
  const startMs = performance.now();
  const counted = await attempted(countAll(table), () => connection.query<{ rows: string }>(countAll(table)));
  if (counted.state === 'failed') throw uncounted(table, counted.error.message);
  const seconds = (performance.now() - startMs) / 1000;
  return { table, rows: Number(counted.rows[0]?.rows), seconds, size };
}

/** @param cause in PostgreSQL's words */
const uncounted = (table: string, cause: string): RunError =>
  new RunError(`The rows of ${table} cannot be counted, to compare them in both databases`, {
    detail: `${cause}.`,
    remedy: 'Name a role in both URLs that may read every table, or raise --statement-timeout.',
  });

export const countAll = (table: string): string => `SELECT count(*) AS rows FROM ${quotedRelation(table)}`;
