import { DatabaseError } from 'pg';
import type { Connection } from '../../database/connection.ts';
import { RunError } from '../../model/errors.ts';
import { quoted, quotedRelation, relationText } from '../../model/relation.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { fromStatistics } from '../../../seed/from-statistics/from-statistics.ts';
import { loadTables } from '../../../seed/load.ts';

const SEED = 42;

export interface LoadedRows {
  rows: number;
  /** Checks that the rows break: the database no longer has them. */
  leftOut: LeftOut[];
}

/**
 * Loads the rows that a snapshot describes. Fakes of texts know nothing of a CHECK on their shape: one that they break is dropped, and
 * all tables are loaded anew.
 *
 * @param mostRows of the largest table
 */
export async function loadMadeRows(
  connection: Connection,
  snapshot: Snapshot,
  mostRows: number,
  signal: AbortSignal,
): Promise<LoadedRows> {
  const tables = fromStatistics(snapshot);
  const most = Math.max(1, ...tables.map(({ rowsAtScaleOne }) => rowsAtScaleOne));
  const options = { tables, scale: Math.min(1, mostRows / most), seed: SEED, signal };
  const leftOut: LeftOut[] = [];
  for (;;) {
    try {
      const { loads } = await loadTables([connection], options);
      return { rows: loads.reduce((sum, { rows }) => sum + rows, 0), leftOut };
    } catch (error) {
      leftOut.push(await withoutBrokenCheck(connection, error));
      await connection.query(`TRUNCATE ${tables.map(({ name }) => quotedRelation(name)).join(', ')} CASCADE`);
    }
  }
}

const CHECK_VIOLATION = '23514';

/** @throws what is no broken check, as it was */
async function withoutBrokenCheck(connection: Connection, error: unknown): Promise<LeftOut> {
  const cause = error instanceof RunError ? error.cause : undefined;
  if (!(cause instanceof DatabaseError) || cause.code !== CHECK_VIOLATION) throw error;
  const { schema, table, dataType, constraint } = cause;
  if (schema === undefined || constraint === undefined) throw error;
  const reason = 'rows that are made of statistics break it: it is left out';
  if (table === undefined) {
    const domain = `${quoted(schema)}.${quoted(dataType ?? '')}`;
    await connection.query(`ALTER DOMAIN ${domain} DROP CONSTRAINT ${quoted(constraint)}`);
    return { object: `check ${constraint} of ${relationText({ schema, name: dataType ?? '' })}`, reason };
  }
  const name = relationText({ schema, name: table });
  // Partitions have it of their table.
  const { rows } = await connection.query<{ whole: string }>(
    'SELECT coalesce(pg_partition_root($1::regclass), $1::regclass)::text AS whole',
    [quotedRelation(name)],
  );
  await connection.query(`ALTER TABLE ${rows[0]?.whole ?? ''} DROP CONSTRAINT ${quoted(constraint)}`);
  return { object: `check ${constraint} of ${name}`, reason };
}
