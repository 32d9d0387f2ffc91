import type { Connection } from '../database/connection.ts';

/** A session beside the arms', which asks the server what it saw; only between blocks, never during one. */
export interface Observer {
  connection: Connection;
  /** Whether it can read pg_stat_statements. */
  readsStatementTimes: boolean;
  /** Whether it can read the log with pg_walinspect (16 and later). */
  readsLog: boolean;
}
