import type { PerArm } from '../model/arm.ts';
import { withSessions, type Connection } from './connection.ts';
import { interleave } from './interleave.ts';
import type { Login } from './login.ts';
import { beginWithExtension } from './own-database.ts';
import { EVERY_PAGE, packsOf, TABLE_PAGES, type PageRange } from './page-ranges.ts';

/** What was read: every page of both databases, or their tables without indexes and TOAST. */
export type Warmed = 'every page' | 'tables';

/**
 * Brings two databases into the same state of shared buffers and page cache. Of two identical copies the first is
 * otherwise the slower one: making the second pushes it out of memory. Both are read table by table, 2 MB of each in turn.
 * Where both fit, all of both are in memory afterwards; elsewhere the same share of each is left in shared buffers.
 *
 * pg_prewarm reads any page, also of an index, and not through the small ring of buffers that a scan of a large table
 * gets. Where a role may not use it, the tables are scanned by TID range, which has no ring either.
 */
export async function warmBoth({ before, after }: PerArm<Login>, signal: AbortSignal): Promise<Warmed> {
  return withSessions([[before, after]], signal, async (sessions) => {
    const prewarms = await Promise.all(sessions.map((session) => beginWithExtension(session, 'pg_prewarm')));
    const isEvery = prewarms.every(Boolean);
    const [first = [], second = []] = await Promise.all(
      sessions.map((session) => readsOf(session, isEvery ? EVERY_PAGE : TABLE_PAGES)),
    );
    for (const { session, pack } of interleave(first, second))
      await (isEvery ? prewarm : scan)(session, pack);
    await Promise.all(sessions.map((session) => session.query('ROLLBACK')));
    return isEvery ? 'every page' : 'tables';
  });
}

interface Read {
  session: Connection;
  pack: readonly PageRange[];
}

const readsOf = async (session: Connection, which: string): Promise<Read[]> =>
  (await packsOf(session, which)).map((pack) => ({ session, pack }));

const PREWARM = `
  SELECT count(pg_prewarm(relation::regclass, 'buffer', fork, first, last))
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS range (relation, fork, first, last)`;

async function prewarm(session: Connection, pack: readonly PageRange[]): Promise<void> {
  const columns = (['relation', 'fork', 'firstBlock', 'lastBlock'] as const).map((column) =>
    pack.map((range) => range[column]),
  );
  await session.query(PREWARM, columns);
}

async function scan(session: Connection, pack: readonly PageRange[]): Promise<void> {
  for (const { relation, firstBlock, lastBlock } of pack)
    await session.query(
      `SELECT count(*) FROM ONLY ${relation} WHERE ctid >= '(${firstBlock},0)' AND ctid <= '(${lastBlock},65535)'`,
    );
}
