import { withConnections } from '../database/connection.ts';
import type { Server } from '../database/server.ts';
import type { Observer } from '../measure/observer.ts';

import { firstArms } from '../measure/schedule.ts';
import type { Sessions } from '../measure/sessions.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Progress } from '../model/progress.ts';
import type { Random, ReadItem, Scheduled, Workload, WriteItem } from '../model/work-item.ts';
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
  workload: Workload;
  /** A generator for this purpose alone, the same for the same run seed. */
  randomFor: (purpose: string) => Random;
  rowsOf: (table: string) => number;
  /** Units of the whole run: items on their baselines, and what else is timed. */
  total: number;
}

/** Which arm of an item comes first, pair by pair: its own order for each purpose, the same for the same seed. */
export const orderFor = (
  { randomFor }: Pick<Session, 'randomFor'>,
  purpose: string,
  { item, baseline }: Scheduled<ReadItem | WriteItem>,
): Iterable<Arm> => firstArms(randomFor(`${purpose} ${baseline} ${item.id}`));

/** Runs `use` with the sessions of both arms, each on its database. */
export async function withArms<T>(
  { server, signal }: Pick<Session, 'server' | 'signal'>,
  databases: PerArm<string>,
  sessionsPerArm: number,
  use: (sessions: PerArm<Sessions>) => Promise<T>,
): Promise<T> {
  return withConnections(server.owner(databases.before), sessionsPerArm, signal, (before) =>
    withConnections(server.owner(databases.after), sessionsPerArm, signal, (after) => use({ before, after })),
  );
}
