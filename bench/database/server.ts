import type { Environment } from '../model/run.ts';
import type { Connection } from './connection.ts';
import type { Login } from './login.ts';

/** One PostgreSQL: a server, or a node of a cluster. */
export interface Node {
  /** For errors and reports: `coordinator` or `worker 1`; `server` where it is the only one. */
  readonly name: string;
  /** For work on the server, on whole databases, and in databases of our own. @default the maintenance database */
  readonly admin: (database?: string) => Login;
  /** Runs `use` with a session of `admin()`; a guest keeps one for the whole run. */
  readonly administer: <T>(use: (admin: Connection) => Promise<T>) => Promise<T>;
  /** For the SQL of a suite: logs in as the owner of the databases made for it, who is no superuser. */
  readonly owner: (database: string) => Login;
}

/** A running PostgreSQL on which databases may be made: our own server, or one where we are guests. */
export interface Server extends Node {
  readonly target: Environment['target'];
  /** The nodes that hold the shards of its distributed tables; empty where one machine holds everything. */
  readonly workers: readonly Node[];
  /** Makes one database out of those that every node has under a name; nothing is to be done on one machine. */
  readonly linkNodes: (database: string) => Promise<void>;
  /** The owner's name; undefined where `admin` uses the same role. */
  readonly ownerRole: string | undefined;
  /** Every database's name begins with it. Nobody else on the server uses it. */
  readonly namePrefix: string;
  /** Sessions that may be open at once. */
  readonly maxSessions: number;
  /** Whether it exists for this run alone. On others' servers each dropped database costs them a checkpoint. */
  readonly isOurs: boolean;
  readonly copying: Copying;
  /** The process that forks all sessions, where the server is ours and runs on this machine. */
  readonly processId: number | undefined;
  /** Ends every session and empties shared buffers; undefined where we may not restart the server. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Writes what its files have in the page cache to the disk; undefined where we cannot. */
  readonly flush: (() => Promise<void>) | undefined;
  /** Free space on its disk, as far as we may use it. */
  readonly room: () => Promise<Room>;
  /** The shell command that opens a session with a kept database, without a password. */
  readonly connectCommand: (database: string) => string;
  /** The shell command that removes a kept server or databases. */
  readonly stopCommand: string;
}

/**
 * How databases are copied: through the WAL; file by file, which is faster, but needs checkpoints of the whole server
 * (PostgreSQL manual, CREATE DATABASE, STRATEGY; 15 and later); or so that both share their blocks until one is written
 * to (`file_copy_method`; 18 and later).
 */
export type Copying = 'through the WAL' | 'file by file' | 'sharing blocks';

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

/** A database's name on this server. */
export const databaseName = ({ namePrefix }: Pick<Server, 'namePrefix'>, role: string): string =>
  `${namePrefix}_${role}`;
