import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { median } from '../model/averages.ts';
import type { ReadExamination } from '../model/measurement.ts';
import { planningMs, type PlanningMs } from './explain.ts';
import { measureArms } from './pairs.ts';
import type { Statement } from './statement.ts';

const PAIRS = 20;
const PLANNINGS = 5;

/**
 * The planning time of a statement on each arm, in milliseconds, and that of its tasks where it is distributed. Each value is
 * the median of a few plannings that EXPLAIN itself timed. Nothing is executed.
 */
export async function timePlanning(
  connections: PerArm<Connection>,
  statement: Statement,
  order: Iterable<Arm>,
): Promise<Pick<ReadExamination, 'planning' | 'taskPlanning'>> {
  const planned = (connection: Connection) => () => medianPlanning(connection, statement);
  const arms = { before: planned(connections.before), after: planned(connections.after) };
  const pairs: PerArm<PlanningMs>[] = [];
  for (const first of order) {
    pairs.push(await measureArms(arms, first, pairs.length));
    if (pairs.length === PAIRS) break;
  }
  const taskPlanning = pairs.flatMap(({ before: { task: before }, after: { task: after } }) =>
    before === undefined || after === undefined ? [] : [{ before, after }],
  );
  return {
    planning: pairs.map(({ before, after }) => ({ before: before.own, after: after.own })),
    ...(taskPlanning.length > 0 && { taskPlanning }),
  };
}

async function medianPlanning(connection: Connection, statement: Statement): Promise<PlanningMs> {
  const plannings: PlanningMs[] = [];
  while (plannings.length < PLANNINGS) plannings.push(await planningMs(connection, statement));
  const tasks = plannings.flatMap(({ task }) => task ?? []);
  return {
    own: median(plannings.map(({ own }) => own)),
    task: tasks.length > 0 ? median(tasks) : undefined,
  };
}
