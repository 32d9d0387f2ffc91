import type { UpdateCounters } from '../model/counters.ts';
import type { Sessions } from './sessions.ts';

const UPDATES = `
  SELECT n_tup_upd AS updates, n_tup_hot_upd AS hot
  FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname = $1`;

/**
 * Counts the updates of a table from now on, in the sessions that make them: a session keeps its counts to itself
 * for a while, unless it is told to pass them on (PostgreSQL manual, 27.2.2).
 */
export async function countUpdates(
  sessions: Sessions,
  table: string,
): Promise<() => Promise<UpdateCounters>> {
  const read = async (): Promise<UpdateCounters> => {
    for (const session of sessions) await session.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await sessions[0].query<Record<'updates' | 'hot', string>>(UPDATES, [table]);
    return { updates: Number(rows[0]?.updates ?? 0), hotUpdates: Number(rows[0]?.hot ?? 0) };
  };
  const start = await read();
  return async () => {
    const end = await read();
    return { updates: end.updates - start.updates, hotUpdates: end.hotUpdates - start.hotUpdates };
  };
}
