import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../../model/errors.ts';
import { askCatalog } from '../ask-catalog.ts';
import type { Connection } from '../connection.ts';
import { askAllNodes } from './each-node.ts';
import { isCluster } from './nodes.ts';

const A_TABLE = `
  SELECT format('%I.%I', n.nspname, c.relname) AS "table", citus_backend_gpid() AS id
  FROM pg_dist_partition p
  JOIN pg_class c ON c.oid = p.logicalrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LIMIT 1`;

/** SQL: whether a session with this application name is one that the nodes of a cluster have with each other. */
export const isBetweenNodes = (name: string): string =>
  `starts_with(coalesce(${name}, ''), 'citus_internal ')`;

/** Citus names its sessions so on the other nodes; the number says whose they are. */
const OPEN = `
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'citus_internal gpid=' || $1`;

const WAIT_MS = 5;
const PATIENCE_MS = 10_000;

/**
 * Ends the sessions that a session of the coordinator keeps open on other nodes, and waits until they are gone. Only then
 * do the nodes have all that they have counted. The next distributed statement opens new ones.
 */
export async function endCachedSessions(session: Connection): Promise<void> {
  if (!(await isCluster(session))) return;
  const [found] = await askCatalog<Record<'table' | 'id', string>>(session, A_TABLE);
  if (!found) return;
  // Citus ends them with a distributed transaction, and explaining is the least that begins one (transaction_management.c).
  await session.query('SET citus.max_cached_conns_per_worker = 0');
  await session.query(`EXPLAIN SELECT FROM ${found.table}`);
  await session.query('RESET citus.max_cached_conns_per_worker');
  const deadline = Date.now() + PATIENCE_MS;
  while ((await askAllNodes(session, OPEN, [found.id])).length > 0) {
    if (Date.now() > deadline) throw stillOpen();
    await sleep(WAIT_MS);
  }
}

const stillOpen = (): RunError =>
  new RunError('Sessions of Citus between its nodes stay open, and what they did cannot be counted', {
    remedy: 'pg_stat_activity of the workers shows them: their application_name begins with citus_internal.',
  });
