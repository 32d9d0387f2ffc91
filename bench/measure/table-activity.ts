import { endCachedSessions } from '../database/cluster/cached-sessions.ts';
import { askAllNodes, askEachNode } from '../database/cluster/each-node.ts';
import { listShards, wholeOf } from '../database/cluster/shards.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { IndexScans, UpdateCounters } from '../model/counters.ts';
import { canonicalRelation } from '../model/relation.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/** Activity on one table with its partitions, and on the indexes of every table, since counting began. */
export interface TableActivity {
  /** Of every table: a trigger may update another one. */
  updates: UpdateCounters;
  deadRows: number;
  /** All indexes of the table together. */
  indexGrowthBytes: number;
  scans: IndexScans[];
  /** The updates, node by node; a single `node` is undefined where one server holds everything. */
  nodes: readonly (UpdateCounters & { node: string | undefined })[];
}

/** The indexes that `work` searches in this session. */
export async function indexesUsedBy(session: Connection, work: () => Promise<unknown>): Promise<string[]> {
  const before = await readScans(session);
  await work();
  const start = new Map(before.map(({ index, scans }) => [index, scans]));
  const now = await readScans(session);
  return now.filter(({ index, scans }) => scans > (start.get(index) ?? 0)).map(({ index }) => index);
}

const TABLES = `
  SELECT ${relationTextOf('n', 'r')} AS "table", sum(s.n_tup_upd) AS updates, sum(s.n_tup_hot_upd) AS hot,
         sum(s.n_dead_tup) AS dead, sum(pg_indexes_size(s.relid)) AS bytes
  FROM pg_stat_user_tables s
  JOIN pg_class r ON r.oid = ${rootOf('s.relid')}
  JOIN pg_namespace n ON n.oid = r.relnamespace
  GROUP BY 1`;

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
      updates: updatesBetween(start.updates, end.updates),
      deadRows: end.deadRows - start.deadRows,
      indexGrowthBytes: end.indexGrowthBytes - start.indexGrowthBytes,
      scans: end.scans
        .map(({ index, scans }) => ({ index, scans: scans - (scansBefore.get(index) ?? 0) }))
        .filter(({ scans }) => scans > 0),
      nodes: end.nodes.map(({ node, ...updates }, position) => ({
        node,
        ...updatesBetween(start.nodes[position], updates),
      })),
    };
  };
}

const updatesBetween = (start: UpdateCounters | undefined, end: UpdateCounters): UpdateCounters => ({
  updates: end.updates - (start?.updates ?? 0),
  hotUpdates: end.hotUpdates - (start?.hotUpdates ?? 0),
});

/** The same figures, as totals since the database was made. */
async function readActivity(session: Connection, table: string): Promise<TableActivity> {
  const scans = await readScans(session);
  const shards = await listShards(session);
  const answers = await askEachNode<TableRow>(session, TABLES);
  const rows = answers.flatMap((answer) => answer.rows);
  const own = rows.filter((row) => wholeOf(shards, row.table) === canonicalRelation(table));
  return {
    updates: updatesOf(rows),
    deadRows: sumOf(own, 'dead'),
    indexGrowthBytes: sumOf(own, 'bytes'),
    scans,
    nodes: answers.map((answer) => ({ node: answer.node, ...updatesOf(answer.rows) })),
  };
}

type TableRow = Record<'table' | 'updates' | 'hot' | 'dead' | 'bytes', string>;

const sumOf = (rows: readonly TableRow[], figure: keyof TableRow): number =>
  rows.reduce((sum, row) => sum + Number(row[figure]), 0);

const updatesOf = (rows: readonly TableRow[]): UpdateCounters => ({
  updates: sumOf(rows, 'updates'),
  hotUpdates: sumOf(rows, 'hot'),
});

/** Of every index on all nodes, by the coordinator's name. */
async function readScans(session: Connection): Promise<IndexScans[]> {
  await passOnStatistics(session);
  const shards = await listShards(session);
  const sums = new Map<string, number>();
  for (const row of await askAllNodes<Record<'index' | 'scans', string>>(session, SCANS)) {
    const index = wholeOf(shards, row.index);
    sums.set(index, (sums.get(index) ?? 0) + Number(row.scans));
  }
  return Array.from(sums, ([index, scans]) => ({ index, scans })).toSorted(byIndex);
}

const byIndex = (a: IndexScans, b: IndexScans): number => (a.index < b.index ? -1 : 1);

/** The shortest interval at which a session reports its counts, and the collector writes them (PGSTAT_STAT_INTERVAL). */
const INTERVAL_MS = 500;

/**
 * Makes a session report what it has counted, on every node, which it otherwise does after a while. Before 15 no function does it:
 * two intervals are waited for, the session's and the statistics collector's.
 */
export async function passOnStatistics(session: Connection): Promise<void> {
  const { rows } = await session.query<{ there: string }>(
    "SELECT pg_catalog.to_regproc('pg_catalog.pg_stat_force_next_flush') IS NOT NULL AS there",
  );
  if (rows[0]?.there === 't') {
    await session.query('SELECT pg_catalog.pg_stat_force_next_flush()');
    await endCachedSessions(session);
    return;
  }
  for (let waits = 0; waits < 2; waits++) {
    await sleep(INTERVAL_MS * 1.2);
    await session.query('SELECT');
  }
}
