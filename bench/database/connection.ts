import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { RunError } from '../model/errors.ts';
import { clientFor, type Login } from './login.ts';
import { cutWhenSilent } from './silence.ts';

/** One session. Values come back as PostgreSQL's text, so that both arms cost the client the same. */
export type Connection = pg.Client;

/**
 * Runs `use` with a session and closes it afterwards. When `signal` aborts, the session is cut, which ends whatever
 * statement is running.
 */
export const withConnection = <T>(
  login: Login,
  signal: AbortSignal,
  use: (connection: Connection) => Promise<T>,
): Promise<T> => withConnections(login, 1, signal, ([connection]) => use(connection));

/** The same with so many sessions at once. */
export async function withConnections<T>(
  login: Login,
  count: number,
  signal: AbortSignal,
  use: (connections: [Connection, ...Connection[]]) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const clients = Array.from({ length: count }, () => listening(clientFor(login)));
  const cut = (): void => {
    for (const client of clients) client.connection.stream.destroy();
  };
  // Scopes nest, and each listens; Node takes more than ten listeners for a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', cut);
  try {
    await Promise.all(clients.map((client) => connect(client, login)));
    return await use(clients as [Connection, ...Connection[]]);
  } catch (error) {
    throw signal.aborted ? error : describeLoss(error);
  } finally {
    signal.removeEventListener('abort', cut);
    if (!signal.aborted) await Promise.allSettled(clients.map(close));
  }
}

/** A lost session also rejects the running query; without a listener it would end the process. */
const listening = (client: Connection): Connection => client.on('error', () => undefined);

async function connect(client: Connection, { settings }: Login): Promise<void> {
  try {
    await client.connect();
    cutWhenSilent(client, settings.statement_timeout);
  } catch (cause) {
    throw new RunError(
      `No connection to database "${client.database ?? ''}" on ${client.host}:${client.port}`,
      {
        detail: (cause as Error).message,
        remedy:
          'Is the server running, and does it accept this user? Passwords are looked for in DATABASE_URL, PGPASSWORD and a passfile.',
        cause,
      },
    );
  }
}

const CLOSE_TIMEOUT_MS = 5_000;

/** A session says good-bye; where nobody answers any more, it is cut. */
async function close(client: Connection): Promise<void> {
  await Promise.race([client.end(), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  client.connection.stream.destroy();
}

/** What pg says, in a plain Error, of a session that the server or the network has ended. */
const LOST = /^(Connection terminated|Client has encountered a connection error|read E|write E)/;

const isLoss = (error: Error): boolean =>
  error instanceof pg.DatabaseError
    ? error.severity === 'FATAL' || error.severity === 'PANIC'
    : LOST.test(error.message);

function describeLoss(error: unknown): unknown {
  if (!(error instanceof Error) || !isLoss(error)) return error;
  return new RunError(SESSION_LOST, {
    detail: error.message,
    remedy: 'Where the server is yours, its log says why. What was measured is kept: go on with --resume.',
    cause: error,
  });
}

const SESSION_LOST = 'The session with the server has ended';

/** Whether a session was ended by the server or the network. */
export const isSessionLoss = (error: unknown): error is RunError =>
  error instanceof RunError && error.message === SESSION_LOST;
