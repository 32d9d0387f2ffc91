import { escapeIdentifier } from 'pg';
import type { Connection } from './connection.ts';
import { onEveryNode } from './nodes.ts';
import type { Server } from './server.ts';

/**
 * Runs `work`, which copies a database, while no session can begin in it. The processes of a cluster keep sessions in all
 * of its databases, and open new ones when these are ended; PostgreSQL copies no database with a session in it.
 */
export async function whileNobodyConnects(
  server: Server,
  database: string,
  work: () => Promise<void>,
): Promise<void> {
  if (server.workers.length === 0) return work();
  const allow = (allowed: boolean): Promise<unknown> =>
    onEveryNode(server, ({ administer }) =>
      administer((admin) =>
        admin.query(`ALTER DATABASE ${escapeIdentifier(database)} ALLOW_CONNECTIONS ${allowed}`),
      ),
    );
  try {
    await allow(false);
    await onEveryNode(server, ({ administer }) => administer((admin) => endSessions(admin, database)));
    await work();
  } catch (error) {
    await allow(true).catch(() => undefined);
    throw error;
  }
  await allow(true);
}

const END_TIMEOUT_MS = 5_000;

const endSessions = (admin: Connection, database: string): Promise<unknown> =>
  admin.query(
    'SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
    [database, END_TIMEOUT_MS],
  );
