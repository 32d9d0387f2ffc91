import { askEachNode } from '../database/cluster/each-node.ts';
import type { Connection } from '../database/connection.ts';
import { OWN_SCHEMA } from '../database/own-database.ts';
import type { Spread } from '../model/cluster.ts';
import type { IndexRecords, WalCounters } from '../model/counters.ts';
import type { Observer } from './observer.ts';
import { readBlocks, type Stretch } from './wal-blocks.ts';
import { recordsOf } from './wal-shards.ts';

/** What statements do on one node. */
interface NodeTraffic {
  /** Undefined where one server holds everything. */
  node: string | undefined;
  wal: WalCounters;
  buffersDirtied: number;
  /** Planning and execution. */
  serverMs: number;
}

/** WAL and dirtied blocks of the statements in one session's database, on all nodes together. */
export interface LogTraffic {
  wal: WalCounters;
  buffersDirtied: number;
  /** By index, where the server reports it (15 and later). */
  perIndex: IndexRecords[];
  nodes: readonly NodeTraffic[];
  /** Of a cluster: records by shard, where the server reports them. */
  shards: Spread | undefined;
}

/**
 * Counts from now on. The sums come from pg_stat_statements: exact, without commits and the server's own WAL.
 * pg_walinspect reads the WAL itself and separates images and indexes.
 */
export async function watchLog(observer: Observer, session: Connection): Promise<() => Promise<LogTraffic>> {
  const start = await readSums(observer, session);
  return async () => {
    const end = await readSums(observer, session);
    const nodes = end.map((sums, position) => trafficBetween(start[position], sums));
    if (!observer.log) return { ...sumOf(nodes), perIndex: [], nodes, shards: undefined };
    await askEachNode(observer.connection, A_RECORD);
    const blocks = await readBlocks(observer, session, await stretches(observer, start));
    const inspected = nodes.map((traffic, position) => {
      const bytesWithoutImages = traffic.wal.bytes - (blocks[position]?.imageBytes ?? 0);
      return { ...traffic, wal: { ...traffic.wal, bytesWithoutImages } };
    });
    return { ...sumOf(inspected), ...(await recordsOf(blocks, session)), nodes: inspected };
  };
}

/** pg_walinspect reads no stretch of the log without a record: statements may have written none. */
const A_RECORD = `SELECT pg_logical_emit_message(true, 'index-impact', '')`;

/** The end of the log, perhaps still in memory: reads may have logged without flushing. */
const SUMS = `
  SELECT coalesce(sum(wal_records), 0) AS records, coalesce(sum(wal_bytes), 0) AS bytes,
         coalesce(sum(wal_fpi), 0) AS images, coalesce(sum(shared_blks_dirtied), 0) AS dirtied,
         coalesce(sum(total_plan_time + total_exec_time), 0) AS ms, pg_current_wal_insert_lsn() AS lsn
  FROM ${OWN_SCHEMA}.pg_stat_statements(false) AS statements
  JOIN pg_database d ON d.oid = statements.dbid
  WHERE d.datname = $1`;

type Sums = Record<'records' | 'bytes' | 'images' | 'dirtied' | 'ms', number> &
  Pick<Stretch, 'node'> & { lsn: string };

async function readSums({ connection }: Observer, { database = '' }: Connection): Promise<Sums[]> {
  const answers = await askEachNode<Record<keyof Sums, string>>(connection, SUMS, [database]);
  return answers.map(({ node, rows: [row] }) => {
    const of = (sum: keyof Sums): number => Number(row?.[sum] ?? 0);
    const sums = { records: of('records'), bytes: of('bytes'), images: of('images'), dirtied: of('dirtied') };
    return { node, ...sums, ms: of('ms'), lsn: row?.lsn ?? '0/0' };
  });
}

const trafficBetween = (start: Sums | undefined, end: Sums): NodeTraffic => {
  const since = (sum: 'records' | 'bytes' | 'images' | 'dirtied' | 'ms'): number =>
    end[sum] - (start?.[sum] ?? 0);
  return {
    node: end.node,
    wal: { records: since('records'), bytes: since('bytes'), fullPageImages: since('images') },
    buffersDirtied: since('dirtied'),
    serverMs: since('ms'),
  };
};

function sumOf(nodes: readonly NodeTraffic[]): Pick<LogTraffic, 'wal' | 'buffersDirtied'> {
  const sum = (of: (traffic: NodeTraffic) => number): number =>
    nodes.reduce((total, traffic) => total + of(traffic), 0);
  const isInspected = nodes.every(({ wal }) => wal.bytesWithoutImages !== undefined);
  return {
    wal: {
      records: sum(({ wal }) => wal.records),
      bytes: sum(({ wal }) => wal.bytes),
      fullPageImages: sum(({ wal }) => wal.fullPageImages),
      ...(isInspected && { bytesWithoutImages: sum(({ wal }) => wal.bytesWithoutImages ?? 0) }),
    },
    buffersDirtied: sum(({ buffersDirtied }) => buffersDirtied),
  };
}

const FLUSHED = 'SELECT pg_current_wal_flush_lsn() AS lsn';

/** To the end of the log on disk, every commit included. pg_walinspect reads no further. */
async function stretches({ connection }: Observer, start: readonly Sums[]): Promise<Stretch[]> {
  const ends = await askEachNode<{ lsn: string }>(connection, FLUSHED);
  return ends.map(({ node, rows: [end] }, position) => ({
    node,
    from: start[position]?.lsn ?? '0/0',
    to: end?.lsn ?? '0/0',
  }));
}
