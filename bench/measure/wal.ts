import { askCatalog } from '../database/ask-catalog.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { IndexRecords, WalCounters } from '../model/counters.ts';
import type { Observer } from './observer.ts';

/** WAL and dirtied blocks of the statements in one session's database. */
export interface LogTraffic {
  wal: WalCounters;
  buffersDirtied: number;
  /** By index, where the server reports it (15 and later). */
  perIndex: IndexRecords[];
}

/**
 * Counts from now on. The sums come from pg_stat_statements: exact, without commits and the server's own WAL.
 * pg_walinspect reads the WAL itself and separates images and indexes.
 */
export async function watchLog(observer: Observer, session: Connection): Promise<() => Promise<LogTraffic>> {
  const start = { lsn: await writtenLsn(session), sums: await readSums(observer, session) };
  return async () => {
    const sums = await readSums(observer, session);
    const wal = {
      records: sums.records - start.sums.records,
      bytes: sums.bytes - start.sums.bytes,
      fullPageImages: sums.images - start.sums.images,
    };
    const buffersDirtied = sums.dirtied - start.sums.dirtied;
    if (!observer.log) return { wal, buffersDirtied, perIndex: [] };
    await observer.connection.query(A_RECORD);
    const { imageBytes, perIndex } = await readBlocks(
      observer,
      session,
      start.lsn,
      await flushedLsn(session),
    );
    return { wal: { ...wal, bytesWithoutImages: wal.bytes - imageBytes }, buffersDirtied, perIndex };
  };
}

/** pg_walinspect reads no stretch of the log without a record: statements may have written none. */
const A_RECORD = `SELECT pg_logical_emit_message(true, 'index-impact', '')`;

const SUMS = `
  SELECT coalesce(sum(wal_records), 0) AS records, coalesce(sum(wal_bytes), 0) AS bytes,
         coalesce(sum(wal_fpi), 0) AS images, coalesce(sum(shared_blks_dirtied), 0) AS dirtied
  FROM pg_stat_statements(false) AS statements
  JOIN pg_database d ON d.oid = statements.dbid
  WHERE d.datname = $1`;

type Sum = 'records' | 'bytes' | 'images' | 'dirtied';

async function readSums({ connection }: Observer, session: Connection): Promise<Record<Sum, number>> {
  const { rows } = await connection.query<Record<Sum, string>>(SUMS, [session.database]);
  const of = (sum: Sum): number => Number(rows[0]?.[sum] ?? 0);
  return { records: of('records'), bytes: of('bytes'), images: of('images'), dirtied: of('dirtied') };
}

/** The end of the log, perhaps still in memory: reads may have logged without flushing. */
const writtenLsn = (session: Connection): Promise<string> =>
  askLsn(session, 'pg_catalog.pg_current_wal_insert_lsn()');

/** The end of the log on disk, every commit included. pg_walinspect reads no further. */
const flushedLsn = (session: Connection): Promise<string> =>
  askLsn(session, 'pg_catalog.pg_current_wal_flush_lsn()');

async function askLsn(session: Connection, position: string): Promise<string> {
  const { rows } = await session.query<{ lsn: string }>(`SELECT ${position} AS lsn`);
  return rows[0]?.lsn ?? '0/0';
}

/** 15 gives the images of a record as one sum, which is counted for its first block. */
const RECORDS = `
  SELECT block[2] AS node, count(DISTINCT start_lsn) AS records,
         coalesce(sum(fpi_length) FILTER (WHERE position = 1), 0) AS "imageBytes"
  FROM pg_get_wal_records_info($1, $2),
       regexp_matches(block_ref, 'rel \\d+/(\\d+)/(\\d+)', 'g') WITH ORDINALITY AS blocks (block, position)
  WHERE block[1]::oid = (SELECT oid FROM pg_database WHERE datname = $3)
  GROUP BY block[2]`;

const BLOCKS = `
  SELECT relfilenode AS node, count(DISTINCT start_lsn) AS records, sum(block_fpi_length) AS "imageBytes"
  FROM pg_get_wal_block_info($1, $2, false)
  WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = $3)
  GROUP BY relfilenode`;

const RELATIONS = `
  SELECT pg_relation_filenode(c.oid) AS node, ${relationTextOf('n', 'r')} AS name,
         CASE WHEN c.relnamespace = 'pg_catalog'::regnamespace THEN 'catalog'
              WHEN c.relkind = 'i' AND ${isUserSchema('n')} THEN 'index'
              ELSE 'other' END AS kind
  FROM pg_class c
  JOIN pg_class r ON r.oid = ${rootOf('c.oid')}
  JOIN pg_namespace n ON n.oid = r.relnamespace`;

interface Relation {
  node: string;
  name: string;
  kind: 'catalog' | 'index' | 'other';
}

/**
 * What the log has of this database. Images of catalog pages are left out: a statement logs them while it is parsed,
 * which the sums do not count.
 */
async function readBlocks(
  { connection, log }: Observer,
  session: Connection,
  from: string,
  to: string,
): Promise<{ imageBytes: number; perIndex: IndexRecords[] }> {
  const { rows } = await connection.query<Record<'node' | 'records' | 'imageBytes', string>>(
    log === 'blocks' ? BLOCKS : RECORDS,
    [from, to, session.database],
  );
  const relations = new Map((await askCatalog<Relation>(session, RELATIONS)).map((one) => [one.node, one]));
  const perIndex = new Map<string, number>();
  for (const { node, records } of rows) {
    const relation = relations.get(node);
    if (relation?.kind === 'index')
      perIndex.set(relation.name, (perIndex.get(relation.name) ?? 0) + Number(records));
  }
  const own = rows.filter(({ node }) => relations.get(node)?.kind !== 'catalog');
  return {
    imageBytes: own.reduce((sum, row) => sum + Number(row.imageBytes), 0),
    perIndex: [...perIndex].map(([index, records]) => ({ index, records })).toSorted(byIndex),
  };
}

const byIndex = (a: IndexRecords, b: IndexRecords): number => (a.index < b.index ? -1 : 1);
