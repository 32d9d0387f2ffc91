import type { Environment } from '../model/run.ts';
import type { Connection } from './connection.ts';
import type { Login } from './login.ts';

/** A running PostgreSQL that databases may be made on: ours alone, or one where we are guests. */
export interface Server {
  readonly target: Environment['target'];
  /** For work on the server, on whole databases, and in databases of our own. @default the maintenance database */
  readonly admin: (database?: string) => Login;
  /** Runs `use` with a session of `admin()`; a guest has one for all of its run. */
  readonly administer: <T>(use: (admin: Connection) => Promise<T>) => Promise<T>;
  /** For the SQL of a suite: logs in as the owner of the databases made for it, who is no superuser. */
  readonly owner: (database: string) => Login;
  /** The owner's name; undefined where `admin` is the same role. */
  readonly ownerRole: string | undefined;
  /** Every database's name begins with it. Nobody else on the server uses it. */
  readonly namePrefix: string;
  /** Sessions that may be open at the same time: infinitely many on a server of ours. */
  readonly maxSessions: number;
  /** Whether it exists for this run alone. On others' servers each dropped database costs them a checkpoint. */
  readonly isOurs: boolean;
  /**
   * Whether databases may be copied file by file. That is about three times as fast as through the log, and forces
   * checkpoints of the whole server (PostgreSQL manual, CREATE DATABASE, STRATEGY; 15 and later).
   */
  readonly copiesFiles: boolean;
  /** The process that all sessions are forked from, where it is ours and runs on this machine. */
  readonly processId: number | undefined;
  /** Ends every session and empties shared buffers; undefined where we may not restart the server. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Free space on its disk, as far as we may use it. */
  readonly room: () => Promise<Room>;
  /** The shell command that opens a session with a database that was kept, without a password in it. */
  readonly connectCommand: (database: string) => string;
  /** The shell command that removes what was kept. */
  readonly stopCommand: string;
}

/** In addition to the arms' sessions: one that makes and drops databases, and the observer's. */
export const SESSIONS_BESIDE_ARMS = 2;

/** The fewest that a run needs, with one for each arm. */
export const LEAST_SESSIONS = SESSIONS_BESIDE_ARMS + 2;

/** Free bytes, Infinity where unknown, and what limits them. */
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
