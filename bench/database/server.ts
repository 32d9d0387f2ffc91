import type { Environment } from '../model/run.ts';

/** A running PostgreSQL that databases may be made on: ours alone, or one where we are guests. */
export interface Server {
  readonly target: Environment['target'];
  /** A connection URL with credentials, never to be written into a result. @default the maintenance database */
  url: (database?: string) => string;
  /** The beginning of every database's name: what nobody else on the server uses. */
  readonly namePrefix: string;
  /**
   * Whether databases may be copied file by file: about three times as fast as through the log, but with checkpoints
   * of the whole server (PostgreSQL manual, CREATE DATABASE, STRATEGY; 15 and later).
   */
  readonly copiesFiles: boolean;
  /** The process that all sessions are forked from, where it is ours and runs on this machine. */
  readonly processId: number | undefined;
  /** Ends every session, and leaves nothing in shared buffers; undefined where that is not for us to do. */
  readonly restart: (() => Promise<void>) | undefined;
  /** What may still be filled on its disk. */
  readonly room: () => Promise<Room>;
  /** The shell command that removes what was kept. */
  readonly stopCommand: string;
}

/** Bytes that may still be filled, Infinity where nobody knows, and what limits them. */
export interface Room {
  bytes: number;
  limit: string;
}

/** A server and what ends the work on it. */
export interface Site {
  server: Server;
  signal: AbortSignal;
}

/** What a database is called on this server. */
export const databaseName = ({ namePrefix }: Pick<Server, 'namePrefix'>, role: string): string =>
  `${namePrefix}_${role}`;
