import { withConnection, type Connection } from '../database/connection.ts';
import { enableStatementStatistics } from '../database/statement-statistics.ts';
import type { Session } from './session.ts';

/** Runs `use` with a session that can read pg_stat_statements, or without one where the server has no such thing. */
export async function withObserver<T>(
  { server, signal, record }: Pick<Session, 'server' | 'signal' | 'record'>,
  use: (observer: Connection | undefined) => Promise<T>,
): Promise<T> {
  return withConnection(server.url(), signal, async (connection) => {
    const refusal = await enableStatementStatistics(connection);
    if (refusal === undefined) return use(connection);
    record.addWarning({
      code: 'no-server-time',
      cause: `the server does not tell its own times: ${refusal}`,
      remedy: 'install pg_stat_statements and add it to shared_preload_libraries',
    });
    return use(undefined);
  });
}
