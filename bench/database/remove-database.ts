import { DatabaseError, escapeIdentifier } from 'pg';
import type { Connection } from './connection.ts';
import { patiently } from './patience.ts';

/** In addition to the five seconds that PostgreSQL itself waits for other sessions to leave. */
const PATIENCE_MS = 10_000;

/**
 * Drops a database of ours, if it exists, whatever the SQL of a suite has made of it. It ends our own sessions and waits
 * for others, which a plain role may not end. It uses no `WITH (FORCE)`: only plain DROP DATABASE asks an autovacuum
 * worker to leave.
 */
export async function removeDatabase(admin: Connection, name: string, signal: AbortSignal): Promise<void> {
  const database = escapeIdentifier(name);
  if (await isTemplate(admin, name)) await admin.query(`ALTER DATABASE ${database} IS_TEMPLATE false`);
  await endOurSessions(admin, name);
  await patiently(() => admin.query(`DROP DATABASE IF EXISTS ${database}`), isInUse, PATIENCE_MS, signal);
}

const OBJECT_IN_USE = '55006';

/** Whether other sessions use the database to be dropped or copied. */
export const isInUse = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === OBJECT_IN_USE;

async function isTemplate(admin: Connection, name: string): Promise<boolean> {
  const { rows } = await admin.query<{ template: string }>(
    'SELECT datistemplate AS template FROM pg_database WHERE datname = $1',
    [name],
  );
  return rows[0]?.template === 't';
}

const END_TIMEOUT_MS = 5_000;

/** Ends the sessions of the database's owner and of this role. Only superusers can have others. */
const END = `
  SELECT pg_terminate_backend(a.pid, $2)
  FROM pg_stat_activity a
  JOIN pg_database d ON d.oid = a.datid
  JOIN pg_roles r ON r.oid = a.usesysid
  WHERE d.datname = $1 AND a.pid <> pg_backend_pid()
    AND (r.rolname = current_user OR r.oid = d.datdba AND pg_has_role(r.oid, 'USAGE'))`;

async function endOurSessions(admin: Connection, name: string): Promise<void> {
  await admin.query(END, [name, END_TIMEOUT_MS]);
}
