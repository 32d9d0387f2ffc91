import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** Time after --statement-timeout in which a server should report that a statement has taken too long. */
const GRACE_MS = 15_000;

/**
 * How long a server may be silent while it runs a statement: after that a reachable one would have reported the timeout.
 *
 * @param statementTimeout as PostgreSQL takes it, in whole seconds; without it, or for 0, a statement has no limit
 */
export function patienceMsFor(statementTimeout: string | undefined): number {
  const seconds = Number.parseInt(statementTimeout ?? '0', 10);
  return seconds === 0 ? Infinity : seconds * 1000 + GRACE_MS;
}

/**
 * Cuts a connection that stays silent although a statement should have ended. Between statements silence is normal, however
 * often and long, and TCP keepalive checks the connection.
 */
export function cutWhenSilent(client: pg.Client, patienceMs: number): void {
  const { stream } = client.connection;
  if (patienceMs === Infinity || !isSocket(stream)) return;
  stream.setTimeout(patienceMs);
  stream.on('timeout', () => {
    if (isBusy(client))
      stream.destroy(new Error(`read ETIMEDOUT: the server was silent for ${patienceMs / 1000} s`));
  });
}

/** True for TCP and TLS. Other streams have no timer. */
const isSocket = (stream: Duplex): stream is Duplex & SocketTimer => 'setTimeout' in stream;

interface SocketTimer {
  setTimeout: (ms: number) => unknown;
}

/** Whether a statement is under way. pg's types lack `readyForQuery`: it is true between an answer and the next statement. */
export const isBusy = (client: pg.Client): boolean =>
  (client as pg.Client & { readyForQuery?: boolean }).readyForQuery !== true;
