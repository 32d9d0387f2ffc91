import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { median } from '../model/averages.ts';
import type { PairedDurations } from '../model/pair.ts';
import { planningMs } from './explain.ts';
import { measureArms } from './pairs.ts';
import type { Statement } from './statement.ts';

const PAIRS = 20;
const PLANNINGS = 5;

/**
 * The planning time of a statement on each arm, in milliseconds. Each value is the median of a few plannings that EXPLAIN
 * itself timed. Nothing is executed.
 */
export async function timePlanning(
  connections: PerArm<Connection>,
  statement: Statement,
  order: Iterable<Arm>,
): Promise<PairedDurations> {
  const planned = (connection: Connection) => () => medianPlanningMs(connection, statement);
  const arms = { before: planned(connections.before), after: planned(connections.after) };
  const durations: PerArm<number>[] = [];
  for (const first of order) {
    durations.push(await measureArms(arms, first, durations.length));
    if (durations.length === PAIRS) break;
  }
  return durations;
}

async function medianPlanningMs(connection: Connection, statement: Statement): Promise<number> {
  const durations: number[] = [];
  while (durations.length < PLANNINGS) durations.push(await planningMs(connection, statement));
  return median(durations);
}
