import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** What a server may take beyond --statement-timeout to say that a statement has taken too long. */
const GRACE_MS = 15_000;

/**
 * Cuts a session that hears nothing although a statement should have ended: the server would have said so, had the
 * network let it. Between statements, silence is usual, and TCP asks by itself whether the other end is there.
 *
 * @param statementTimeout as PostgreSQL takes it, in whole seconds; without one, and for 0, a statement may take for ever
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

/** Over TLS, too; what else a session may run over has no timer. */
const isSocket = (stream: Duplex): stream is Duplex & SocketTimer => 'setTimeout' in stream;

interface SocketTimer {
  setTimeout: (ms: number, silent: () => void) => unknown;
}

/** pg has no word for it in its types: true between an answer and the next statement. */
const isBusy = (client: pg.Client): boolean =>
  (client as pg.Client & { readyForQuery?: boolean }).readyForQuery !== true;
