import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** Time after --statement-timeout in which a server should report that a statement has taken too long. */
const GRACE_MS = 15_000;

/**
 * Cuts a connection that stays silent although a statement should have ended: a reachable server would have reported
 * the timeout. Between statements silence is normal, and TCP keepalive checks the connection.
 *
 * @param statementTimeout as PostgreSQL takes it, in whole seconds; without it, or for 0, a statement has no limit
 */
export function cutWhenSilent(client: pg.Client, statementTimeout: string | undefined): void {
  const seconds = Number.parseInt(statementTimeout ?? '0', 10);
  const { stream } = client.connection;
  if (seconds === 0 || !isSocket(stream)) return;
  const patienceMs = seconds * 1000 + GRACE_MS;
  stream.setTimeout(patienceMs, () => {
    if (isBusy(client))
      stream.destroy(new Error(`read ETIMEDOUT: the server was silent for ${patienceMs / 1000} s`));
  });
}

/** True for TCP and TLS. Other streams have no timer. */
const isSocket = (stream: Duplex): stream is Duplex & SocketTimer => 'setTimeout' in stream;

interface SocketTimer {
  setTimeout: (ms: number, silent: () => void) => unknown;
}

/** pg's types lack `readyForQuery`: it is true between an answer and the next statement. */
const isBusy = (client: pg.Client): boolean =>
  (client as pg.Client & { readyForQuery?: boolean }).readyForQuery !== true;
