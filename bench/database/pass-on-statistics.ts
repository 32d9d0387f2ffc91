import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';

/** A session passes its counts on, and the collector writes them down, at most so often (PGSTAT_STAT_INTERVAL). */
const INTERVAL_MS = 500;

/**
 * Has a session pass on what it has counted, which it otherwise keeps to itself for a while. Before 15, when there was no
 * function for it, that takes two intervals of waiting: for the session, then for the statistics collector.
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
