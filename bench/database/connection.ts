import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { RunError } from '../model/errors.ts';
import { cutSession } from './cut-session.ts';
import { clientFor, type Login } from './login.ts';
import { isCrowded, noConnection } from './no-connection.ts';
import { patiently } from './patience.ts';
import { cutWhenSilent, patienceMsFor } from './silence.ts';

/** One session. Values are returned as PostgreSQL's text: both arms cost the client the same. */
export type Connection = pg.Client;

/**
 * Runs `use` with a session and closes it afterwards. When `signal` aborts, the running statement is cancelled, and the connection is
 * cut.
 */
export const withConnection = <T>(
  login: Login,
  signal: AbortSignal,
  use: (connection: Connection) => Promise<T>,
): Promise<T> => withConnections(login, 1, signal, ([connection]) => use(connection));

/** The same with this many sessions at once. */
export const withConnections = <T>(
  login: Login,
  count: number,
  signal: AbortSignal,
  use: (connections: [Connection, ...Connection[]]) => Promise<T>,
): Promise<T> =>
  withSessions([Array.from({ length: count }, () => login)], signal, (connections) =>
    use(connections as [Connection, ...Connection[]]),
  );

/** The same with one session for each login, from the first list for which the server has enough sessions. */
export async function withSessions<T>(
  choices: readonly (readonly Login[])[],
  signal: AbortSignal,
  use: (connections: readonly Connection[]) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const clients: Connection[] = [];
  let ended: Promise<unknown> | undefined;
  const cut = (): void => {
    ended = Promise.all(clients.map(cutSession));
  };
  // Scopes nest, and each listens. Node reports more than ten listeners as a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', cut);
  try {
    await openFirst(choices, clients, signal);
    return await use(clients);
  } catch (error) {
    throw signal.aborted ? error : describeLoss(error, clients);
  } finally {
    signal.removeEventListener('abort', cut);
    await (ended ?? Promise.allSettled(clients.map(close)));
  }
}

/** Where others use the sessions, a shorter list is taken; for the shortest it waits. */
async function openFirst(
  [first = [], ...others]: readonly (readonly Login[])[],
  clients: Connection[],
  signal: AbortSignal,
): Promise<void> {
  const open = (): Promise<void> => openAll(first, clients);
  const [login] = first;
  if (others.length === 0) return patiently(open, isCrowded, login?.patienceMs ?? 0, signal);
  try {
    await open();
  } catch (error) {
    if (!isCrowded(error)) throw error;
    await openFirst(others, clients, signal);
  }
}

/** Opens all or none: two runs that wait for each other's last session would wait for ever. */
async function openAll(logins: readonly Login[], clients: Connection[]): Promise<void> {
  const opening = logins.map((login) => {
    const client = listening(clientFor(login));
    clients.push(client);
    return connect(client, login);
  });
  const opened = await Promise.allSettled(opening);
  const failed = opened.find(({ status }) => status === 'rejected');
  if (!failed) return;
  await Promise.allSettled(clients.splice(0).map(close));
  throw (failed as PromiseRejectedResult).reason;
}

/** A lost session emits an error, which ends the process if nobody listens. It also rejects the running query. */
const listening = (client: Connection): Connection => client.on('error', () => undefined);

async function connect(client: Connection, { settings }: Login): Promise<void> {
  try {
    await client.connect();
    cutWhenSilent(client, patienceMsFor(settings.statement_timeout));
  } catch (cause) {
    throw noConnection(client, cause as Error);
  }
}

const CLOSE_TIMEOUT_MS = 5_000;

/** Closes a session in order. Where the server does not answer, the session is cut. */
async function close(client: Connection): Promise<void> {
  await Promise.race([client.end(), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  client.connection.stream.destroy();
}

/** The texts of pg's plain Errors for a session that the server or the network has ended. */
const LOST = /^(Connection terminated|Client has encountered a connection error|read E|write E)/;

const isLoss = (error: Error): boolean =>
  error instanceof pg.DatabaseError
    ? error.severity === 'FATAL' || error.severity === 'PANIC'
    : LOST.test(error.message);

function describeLoss(error: unknown, clients: readonly Connection[]): unknown {
  if (!(error instanceof Error) || !isLoss(error)) return error;
  const client = clients.find(({ connection }) => connection.stream.destroyed) ?? clients[0];
  const place = client ? `, database ${client.database} on ${client.host}:${client.port}` : '';
  return new RunError(SESSION_LOST, {
    detail: `  ${error.message}${place}`,
    remedy:
      'The log of that server has the reason. If anything was measured, it is kept: continue with --resume.',
    cause: error,
  });
}

const SESSION_LOST = 'The session with the server has ended';

/** Whether a session was ended by the server or the network. */
export const isSessionLoss = (error: unknown): error is RunError =>
  error instanceof RunError && error.message === SESSION_LOST;
