import type { Server } from '../database/server.ts';
import { withDockerServer } from './docker/docker.ts';
import { withEmbeddedServer } from './embedded/embedded.ts';
import { withGuestServer } from './url/guest.ts';
import type { Confirm, LeftBehind, ServerRequest } from './server-request.ts';
import { serverSettings } from './server-settings.ts';

export interface ServerOptions {
  /** Of the dataset, which decides how much memory the server gets. */
  scale: number;
  statementTimeoutSeconds: number;
  /** Leave what was made in place once `use` has succeeded. */
  keep: boolean;
  signal: AbortSignal;
  confirm: Confirm;
  /** Told of each database or role of ours that somebody's server keeps. */
  onLeftBehind: (left: LeftBehind) => void;
}

/** Runs `use` with a server of the kind that was asked for; what was made for it is gone afterwards. */
export async function withServer<T>(
  request: ServerRequest,
  { scale, statementTimeoutSeconds, keep, signal, confirm, onLeftBehind }: ServerOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const major = request.target === 'url' ? undefined : request.major;
  const settings = {
    ...serverSettings(scale, major),
    statement_timeout: `${statementTimeoutSeconds}s`,
  };
  switch (request.target) {
    case 'embedded':
      return withEmbeddedServer({ major: request.major, settings, keep, signal }, use);
    case 'docker':
      return withDockerServer({ ...request, settings, keep, signal }, use);
    case 'url':
      return withGuestServer({ ...request, settings, keep, signal, confirm, onLeftBehind }, use);
  }
}
