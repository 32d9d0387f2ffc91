import type { Connection } from '../database/connection.ts';
import type { LogInspection } from '../database/own-database.ts';

/** A session beside the arms', which asks the server what it saw; only between blocks, never during one. */
export interface Observer {
  connection: Connection;
  /** Whether it can read pg_stat_statements. */
  readsStatementTimes: boolean;
  /** How it can read the log, if at all. */
  log: LogInspection | undefined;
}
