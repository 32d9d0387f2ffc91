import type { Connection } from '../database/connection.ts';
import type { PerArm } from '../model/arm.ts';
import type { GenericPlanTiming } from '../model/measurement.ts';
import { planOf } from './explain.ts';
import type { Timing } from './pairs.ts';
import { comparePlans, measureRead } from './reads.ts';
import { queryOf, type Statement } from './statement.ts';

/**
 * Times a read with parameters as a prepared statement whose plan must do for any of them: what an application's
 * prepared statement may get from its sixth execution on (PostgreSQL manual, PREPARE, "plan_cache_mode").
 */
export async function measureGenericPlan(
  statement: Statement & { name: string },
  connections: PerArm<Connection>,
  candidateIndexes: ReadonlySet<string>,
  timing: Timing,
): Promise<GenericPlanTiming> {
  const sessions = [connections.before, connections.after];
  try {
    for (const session of sessions) {
      await session.query('SET plan_cache_mode = force_generic_plan');
      await session.query(queryOf(statement));
    }
    const plans = comparePlans(
      await planOf(connections.before, statement),
      await planOf(connections.after, statement),
      candidateIndexes,
    );
    return { plans, ...(await measureRead(statement, connections, timing)) };
  } finally {
    for (const session of sessions) await session.query('RESET plan_cache_mode').catch(() => undefined);
  }
}
