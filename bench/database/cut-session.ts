import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isBusy } from './silence.ts';

/** A server that is there answers sooner; the session is cut, whether it does or not. */
const CANCEL_TIMEOUT_MS = 3_000;

/**
 * Cuts a session at once. A statement that is under way in it is cancelled first: PostgreSQL does not look for its client while it
 * plans or computes, and would go on for as long as that takes. Nobody gets the answer of a cancelled statement.
 */
export async function cutSession(client: pg.Client): Promise<void> {
  const { stream } = client.connection;
  if (isBusy(client) && isOpened(client)) {
    stream.pause();
    await Promise.race([cancelled(client), sleep(CANCEL_TIMEOUT_MS, undefined, { ref: false })]);
  }
  stream.destroy();
}

/** What lets a server believe that a cancel request comes from the session's client. pg's types lack it. */
interface SessionKey {
  processID: number;
  secretKey: number;
}

const isOpened = (client: pg.Client): client is pg.Client & SessionKey =>
  typeof (client as Partial<SessionKey>).processID === 'number';

/** What pg's types lack of a connection. */
interface RequestingConnection extends pg.Connection {
  connect: (portOrPath: number | string, host?: string) => void;
  requestSsl: () => void;
  cancel: (processID: number, secretKey: number) => void;
}

/**
 * Sends a cancel request in a connection of its own, encrypted as the session is (PostgreSQL manual, 54.2.8 "Canceling Requests in
 * Progress"). The server closes it when it has passed the request on.
 */
function cancelled(client: pg.Client & SessionKey): Promise<void> {
  const { host, port, ssl, processID, secretKey } = client;
  const { sslNegotiation } = client as { sslNegotiation?: string };
  const request = new pg.Connection({ ssl, sslNegotiation } as pg.ConnectionConfig) as RequestingConnection;
  const send = (): void => {
    request.cancel(processID, secretKey);
  };
  if (ssl && sslNegotiation !== 'direct')
    request.once('connect', () => {
      request.requestSsl();
    });
  request.once(ssl ? 'sslconnect' : 'connect', send);
  const over = new Promise<void>((resolve) => {
    request.once('end', resolve).on('error', () => {
      resolve();
    });
  });
  if (host.startsWith('/')) request.connect(`${host}/.s.PGSQL.${port}`);
  else request.connect(port, host);
  return over.finally(() => request.stream.destroy());
}
