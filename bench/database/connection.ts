import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import pg from 'pg';
import pgPass from 'pgpass';
import { RunError } from '../model/errors.ts';

/** One session. Values come back as PostgreSQL's text, so that both arms cost the client the same. */
export type Connection = pg.Client;

/** Eight hexadecimal digits that tell this process from all others that use the same server. */
export const PROCESS_TOKEN = randomBytes(4).toString('hex');

/** What the sessions of this process call themselves in `pg_stat_activity`. */
export const APPLICATION_NAME = `index-impact ${PROCESS_TOKEN}`;

const asText = { getTypeParser: () => (value: string | Buffer) => value };

/**
 * Runs `use` with a session on the database of `url` and closes it afterwards. When `signal` aborts, the
 * session is cut, which ends whatever statement is running.
 */
export const withConnection = <T>(
  url: string,
  signal: AbortSignal,
  use: (connection: Connection) => Promise<T>,
): Promise<T> => withConnections(url, 1, signal, ([connection]) => use(connection));

/** The same with so many sessions at once. */
export async function withConnections<T>(
  url: string,
  count: number,
  signal: AbortSignal,
  use: (connections: [Connection, ...Connection[]]) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const clients = Array.from({ length: count }, () => clientFor(url));
  const cut = (): void => {
    for (const client of clients) client.connection.stream.destroy();
  };
  // Scopes nest, and each listens; Node takes more than ten listeners for a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', cut);
  try {
    await Promise.all(clients.map(connect));
    return await use(clients as [Connection, ...Connection[]]);
  } catch (error) {
    throw signal.aborted ? error : describeLoss(error);
  } finally {
    signal.removeEventListener('abort', cut);
    if (!signal.aborted) await Promise.allSettled(clients.map((client) => client.end()));
  }
}

function clientFor(url: string): Connection {
  const client = new pg.Client({
    connectionString: url,
    application_name: APPLICATION_NAME,
    types: asText as unknown as pg.CustomTypesConfig,
  });
  // A lost session also rejects the running query; without a listener it would end the process.
  client.on('error', () => undefined);
  return client.password ? client : Object.assign(client, { password: () => passwordInFile(client) });
}

/** Asked for by the server, and neither in the URL nor in PGPASSWORD. */
async function passwordInFile({ host, port, database, user }: pg.Client): Promise<string> {
  const password = await new Promise<string | undefined>((resolve) => {
    pgPass({ host, port, database, user }, resolve);
  });
  if (password === undefined) throw new Error('it asks for a password, and there is none');
  return password;
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
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

/** What pg says, in a plain Error, of a session that the server or the network has ended. */
const LOST = /^(Connection terminated|Client has encountered a connection error|read ECONNRESET|write EPIPE)/;

const isLoss = (error: Error): boolean =>
  error instanceof pg.DatabaseError
    ? error.severity === 'FATAL' || error.severity === 'PANIC'
    : LOST.test(error.message);

function describeLoss(error: unknown): unknown {
  if (!(error instanceof Error) || !isLoss(error)) return error;
  return new RunError('The session with the server has ended', {
    detail: error.message,
    remedy: "The server's log says why. What was measured is kept: go on with --resume.",
    cause: error,
  });
}
