import type { Connection } from '../database/connection.ts';
import type { LogInspection } from '../database/own-database.ts';
import type { GinIndex } from '../database/pending-lists.ts';
import type { PerArm } from '../model/arm.ts';

/** A session beside the arms' that asks the server for its counts: between blocks, never during one. */
export interface Observer {
  connection: Connection;
  /** Whether it can read pg_stat_statements. */
  readsStatementTimes: boolean;
  /** How it can read the WAL; undefined where it cannot. */
  log: LogInspection | undefined;
  /** Whether it may take pages out of shared buffers. */
  evicts: boolean;
  /** How many rows' entries wait in the pending list of an index there; undefined where that cannot be asked. */
  pendingRows?: ((database: string, index: GinIndex) => Promise<number | undefined>) | undefined;
  /** That server and harness share; undefined where they share none. */
  core?: number | undefined;
}

/** On the server of each arm: the same one where both arms are on one server. */
export type Observers = PerArm<Observer>;

/** Where both arms are on one server. */
export const onOneServer = (observer: Observer): Observers => ({ before: observer, after: observer });

/** The session on each of the servers. */
export const sessionsOf = ({ before, after }: Observers): Connection[] => [
  ...new Set([before.connection, after.connection]),
];
