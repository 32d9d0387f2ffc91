import { askCatalog } from '../database/ask-catalog.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { IndexScans, UpdateCounters } from '../model/counters.ts';
import { quotedRelation } from '../model/relation.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/** Activity on one table with its partitions, and on the indexes of every table, since counting began. */
export interface TableActivity {
  /** Of every table: a trigger may update another one. */
  updates: UpdateCounters;
  deadRows: number;
  /** All indexes of the table together. */
  indexGrowthBytes: number;
  scans: IndexScans[];
}

/** The indexes that `work` searches in this session. */
export async function indexesUsedBy(session: Connection, work: () => Promise<unknown>): Promise<string[]> {
  const before = await readScans(session);
  await work();
  const start = new Map(before.map(({ index, scans }) => [index, scans]));
  const now = await readScans(session);
  return now.filter(({ index, scans }) => scans > (start.get(index) ?? 0)).map(({ index }) => index);
}

const TABLE = `
  SELECT sum(n_tup_upd) AS updates, sum(n_tup_hot_upd) AS hot,
         sum(n_dead_tup) FILTER (WHERE ${rootOf('relid')} = $1::regclass) AS dead,
         sum(pg_indexes_size(relid)) FILTER (WHERE ${rootOf('relid')} = $1::regclass) AS bytes
  FROM pg_stat_user_tables`;

const SCANS = `
  SELECT ${relationTextOf('n', 'i')} AS index, sum(s.idx_scan) AS scans
  FROM pg_stat_user_indexes s
  JOIN pg_class i ON i.oid = ${rootOf('s.indexrelid')}
  JOIN pg_namespace n ON n.oid = i.relnamespace AND ${isUserSchema('n')}
  GROUP BY 1 ORDER BY 1`;

/**
 * Counts the activity on a table from now on, in the session that works on it: a session keeps its counts for a while
 * unless it is made to report them (PostgreSQL manual, 27.2.2).
 */
export async function watchTable(session: Connection, table: string): Promise<() => Promise<TableActivity>> {
  const start = await readActivity(session, table);
  return async () => {
    const end = await readActivity(session, table);
    const scansBefore = new Map(start.scans.map(({ index, scans }) => [index, scans]));
    return {
      updates: {
        updates: end.updates.updates - start.updates.updates,
        hotUpdates: end.updates.hotUpdates - start.updates.hotUpdates,
      },
      deadRows: end.deadRows - start.deadRows,
      indexGrowthBytes: end.indexGrowthBytes - start.indexGrowthBytes,
      scans: end.scans
        .map(({ index, scans }) => ({ index, scans: scans - (scansBefore.get(index) ?? 0) }))
        .filter(({ scans }) => scans > 0),
    };
  };
}

/** The same figures, as totals since the database was made. */
async function readActivity(session: Connection, table: string): Promise<TableActivity> {
  const scans = await readScans(session);
  type Row = Record<'updates' | 'hot' | 'dead' | 'bytes', string>;
  const rows = await askCatalog<Row>(session, TABLE, [quotedRelation(table)]);
  return {
    updates: { updates: Number(rows[0]?.updates ?? 0), hotUpdates: Number(rows[0]?.hot ?? 0) },
    deadRows: Number(rows[0]?.dead ?? 0),
    indexGrowthBytes: Number(rows[0]?.bytes ?? 0),
    scans,
  };
}

async function readScans(session: Connection): Promise<IndexScans[]> {
  await passOnStatistics(session);
  const rows = await askCatalog<Record<'index' | 'scans', string>>(session, SCANS);
  return rows.map(({ index, scans }) => ({ index, scans: Number(scans) }));
}

/** The shortest interval at which a session reports its counts, and the collector writes them (PGSTAT_STAT_INTERVAL). */
const INTERVAL_MS = 500;

/**
 * Makes a session report what it has counted, which it otherwise does after a while. Before 15 no function does it:
 * two intervals are waited for, the session's and the statistics collector's.
 */
export async function passOnStatistics(session: Connection): Promise<void> {
  const { rows } = await session.query<{ there: string }>(
    "SELECT pg_catalog.to_regproc('pg_catalog.pg_stat_force_next_flush') IS NOT NULL AS there",
  );
  if (rows[0]?.there === 't') {
    await session.query('SELECT pg_catalog.pg_stat_force_next_flush()');
    return;
  }
  for (let waits = 0; waits < 2; waits++) {
    await sleep(INTERVAL_MS * 1.2);
    await session.query('SELECT');
  }
}
