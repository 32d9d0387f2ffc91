import { DatabaseError } from 'pg';
import { withConnection, type Connection } from '../database/connection.ts';
import type { Warning } from '../model/outcome.ts';
import type { Session } from './session.ts';

/** Runs `use` with a session that can read pg_stat_statements, or without one where the server has no such thing. */
export async function withObserver<T>(
  { server, signal, record }: Pick<Session, 'server' | 'signal' | 'record'>,
  use: (observer: Connection | undefined) => Promise<T>,
): Promise<T> {
  return withConnection(server.url(), signal, async (connection) => {
    const missing = await createExtension(connection);
    if (missing) record.addWarning(missing);
    return use(missing ? undefined : connection);
  });
}

async function createExtension(connection: Connection): Promise<Warning | undefined> {
  try {
    await connection.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    await connection.query('SELECT FROM pg_stat_statements(false) LIMIT 1');
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return {
      code: 'no-server-time',
      cause: `the server does not tell its own times: ${error.message}`,
      remedy: 'install pg_stat_statements and add it to shared_preload_libraries',
    };
  }
}
