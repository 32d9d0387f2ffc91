import { withSessions, type Connection } from '../database/connection.ts';
import { SESSIONS_BESIDE_ARMS, type Server, type Site } from '../database/server.ts';

/** Runs `use` with so many sessions, this one among them, or as many as the server has. */
export function withSessionsBeside<T>(
  { server, signal }: Site,
  connection: Connection,
  wanted: number,
  use: (sessions: readonly Connection[]) => Promise<T>,
): Promise<T> {
  const login = server.owner(connection.database ?? '');
  const most = Math.min(wanted, mostSessions(server)) - 1;
  const choices = Array.from({ length: most + 1 }, (_, fewer) =>
    Array.from({ length: most - fewer }, () => login),
  );
  return withSessions(choices, signal, (others) => use([connection, ...others]));
}

const mostSessions = ({ maxSessions }: Server): number => Math.max(1, maxSessions - SESSIONS_BESIDE_ARMS);
