import { withConnection, type Connection } from '../database/connection.ts';
import type { Server } from '../database/provision/embedded.ts';
import { withPinning, type Pinning } from '../measure/pinning.ts';
import type { PerArm } from '../model/arm.ts';
import type { Progress } from '../model/progress.ts';
import type { Random } from '../model/work-item.ts';
import type { Budget } from './budget.ts';
import type { RunRecord } from './record.ts';

/** What measuring needs besides the arms. */
export interface Session {
  server: Server;
  signal: AbortSignal;
  record: RunRecord;
  progress: Progress;
  budget: Budget;
  /** A session beside the arms', which asks for the server's own times; undefined where it keeps none. */
  observer: Connection | undefined;
  /** A generator for this purpose alone, the same for the same run seed. */
  randomFor: (purpose: string) => Random;
  rowsOf: (table: string) => number;
  /** Items of the whole run. */
  total: number;
}

/** Runs `use` with one session on each of two databases, all three processes on one core where possible. */
export async function withArms<T>(
  { server, signal }: Session,
  databases: PerArm<string>,
  use: (connections: PerArm<Connection>, pinning: Pinning) => Promise<T>,
): Promise<T> {
  return withConnection(server.url(databases.before), signal, (before) =>
    withConnection(server.url(databases.after), signal, (after) =>
      withPinning([before, after], (pinning) => use({ before, after }, pinning)),
    ),
  );
}
