import { withConnection, type Connection } from '../database/connection.ts';
import type { Server } from '../database/provision/embedded.ts';
import type { Observer } from '../measure/observer.ts';
import { withPinning, type Pinning } from '../measure/pinning.ts';
import { firstArms } from '../measure/schedule.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Progress } from '../model/progress.ts';
import type { Random, ReadItem, Scheduled, WriteItem } from '../model/work-item.ts';
import type { Budget } from './budget.ts';
import type { RunRecord } from './record.ts';

/** What measuring needs besides the arms. */
export interface Session {
  server: Server;
  signal: AbortSignal;
  record: RunRecord;
  progress: Progress;
  budget: Budget;
  observer: Observer;
  /** A generator for this purpose alone, the same for the same run seed. */
  randomFor: (purpose: string) => Random;
  rowsOf: (table: string) => number;
  /** Units of the whole run: items on their baselines, and what else is timed. */
  total: number;
}

/** Which arm of an item comes first, pair by pair: its own order for each purpose, the same for the same seed. */
export const orderFor = (
  { randomFor }: Session,
  purpose: string,
  { item, baseline }: Scheduled<ReadItem | WriteItem>,
): Iterable<Arm> => firstArms(randomFor(`${purpose} ${baseline} ${item.id}`));

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
