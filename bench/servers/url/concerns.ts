import { setTimeout as sleep } from 'node:timers/promises';
import { isBetweenNodes } from '../../database/cluster/cached-sessions.ts';
import type { Connection } from '../../database/connection.ts';
import { APPLICATION_NAME } from '../../database/login.ts';

/** Commits and rollbacks a second, of all databases, from which others seem to be at work. */
const BUSY_TRANSACTIONS_PER_SECOND = 20;
const WATCHED_MS = 1000;

/**
 * Of others' sessions an ordinary role sees no more than that they are there. The nodes of a cluster have some with each
 * other, for whoever has one with the cluster.
 */
const SESSIONS = `
  SELECT count(*) AS n FROM pg_stat_activity
  WHERE coalesce(backend_type, 'client backend') = 'client backend' AND datid IS NOT NULL
    AND application_name IS DISTINCT FROM $1
    AND NOT ${isBetweenNodes('application_name')}`;
const STANDBYS = `SELECT count(*) AS n FROM pg_stat_replication`;
const SLOTS = `SELECT count(*) AS n FROM pg_replication_slots WHERE active`;
const TRANSACTIONS = `SELECT coalesce(sum(xact_commit + xact_rollback), 0) AS n FROM pg_stat_database`;

/**
 * Signs that others depend on the server: a measurement would slow them down, and they would spoil it. Watches it for
 * a second.
 */
export async function concernsAbout(connection: Connection, signal: AbortSignal): Promise<string[]> {
  const ask = async (sql: string, parameters: unknown[] = []): Promise<number> => {
    const { rows } = await connection.query<{ n: string }>(sql, parameters);
    return Number(rows[0]?.n);
  };
  const transactions = await ask(TRANSACTIONS);
  await sleep(WATCHED_MS, undefined, { signal });
  const perSecond = Math.round(((await ask(TRANSACTIONS)) - transactions) / (WATCHED_MS / 1000));
  const sessions = await ask(SESSIONS, [APPLICATION_NAME]);
  const replicas = Math.max(await ask(STANDBYS), await ask(SLOTS));
  return [
    ...(sessions > 0 ? [`${sessions} other ${sessions === 1 ? 'session is' : 'sessions are'} open`] : []),
    ...(replicas > 0 ? [`${replicas} ${replicas === 1 ? 'replica follows' : 'replicas follow'} it`] : []),
    ...(perSecond >= BUSY_TRANSACTIONS_PER_SECOND
      ? [`it carries out ${perSecond} transactions a second`]
      : []),
  ];
}
