import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** Time after --statement-timeout in which a server should report that a statement has taken too long. */
const GRACE_MS = 15_000;

/**
 * Cuts a session that hears nothing although its statement should have ended: the network has lost the server's answer.
 * Between statements silence is usual, and TCP itself asks whether the other end is there.
 *
 * @param statementTimeout as PostgreSQL takes it, in whole seconds; without one, and for 0, there is no limit
 */
export function cutWhenSilent(client: pg.Client, statementTimeout: string | undefined): void {
  const seconds = Number.parseInt(statementTimeout ?? '0', 10);
  const { stream } = client.connection;
  if (seconds === 0 || !isSocket(stream)) return;
  const patienceMs = seconds * 1000 + GRACE_MS;
  stream.setTimeout(patienceMs, () => {
    if (isBusy(client))
      stream.destroy(new Error(`read ETIMEDOUT: nothing was heard of the server for ${patienceMs / 1000} s`));
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
