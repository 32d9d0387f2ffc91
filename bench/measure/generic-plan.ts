import { createHash } from 'node:crypto';
import type { PerArm } from '../model/arm.ts';
import type { PlanComparison } from '../model/plan.ts';
import { median } from '../model/averages.ts';
import type { ReadExamination } from '../model/measurement.ts';
import { durationOf } from './block.ts';
import { planOf } from './explain.ts';
import { comparePlans } from './reads.ts';
import type { ArmSessions } from './sessions.ts';
import { queryOf, type Statement } from './statement.ts';

/**
 * The statement as an application prepares it once, with one plan for all values: that plan may be used from the sixth
 * execution on (PostgreSQL manual, PREPARE, "plan_cache_mode").
 */
export const prepared = ({ sql, parameters }: Statement): Statement => ({
  sql,
  parameters,
  name: nameFor(sql, parameters),
});

/** These sessions plan what they prepare from now on generically, until they are renewed. */
export async function planGenerically({ before, after }: PerArm<ArmSessions>): Promise<void> {
  for (const session of [...before, ...after])
    await session.query('SET plan_cache_mode = force_generic_plan');
}

/** The plan for all values on both arms, and how long one execution with it takes, in milliseconds. */
export interface GenericPlans {
  plans: PlanComparison;
  durationMs: PerArm<number>;
}

export async function genericPlans(
  statement: Statement,
  sessions: PerArm<ArmSessions>,
  candidateIndexes: ReadonlySet<string>,
): Promise<GenericPlans> {
  await planGenerically(sessions);
  const [before] = sessions.before;
  const [after] = sessions.after;
  const durationMs = {
    before: await durationOf(() => before.query(queryOf(statement))),
    after: await durationOf(() => after.query(queryOf(statement))),
  };
  const plans = comparePlans(
    await planOf(before, statement),
    await planOf(after, statement),
    candidateIndexes,
  );
  return { plans, durationMs };
}

/** Planning that takes less of an execution makes no difference that could be seen. */
const LEAST_SHARE = 0.01;

/** Whether the plan for all values is that for these values, and saves no planning worth mentioning. */
export const isAsGood = (
  { plans, durationMs }: GenericPlans,
  custom: Pick<ReadExamination, 'plans' | 'planning'>,
): boolean =>
  (['before', 'after'] as const).every((arm) => {
    const planningMs = median(custom.planning.map((pair) => pair[arm]));
    const isSame = plans[arm].signature === custom.plans[arm].signature;
    return isSame && planningMs < LEAST_SHARE * durationMs[arm];
  });

/**
 * Another one for the same statement with other values: pg takes a name for prepared once it has sent it, although the
 * session may have been renewed since. Made of no item's name: PostgreSQL compares only 63 bytes of the names of prepared
 * statements, and pg looks names up in a plain object, which has a `constructor` before anything is prepared.
 */
const nameFor = (sql: string, parameters: Statement['parameters']): string => {
  const hash = createHash('sha256').update(JSON.stringify([sql, parameters]));
  return `generic plan ${hash.digest('hex').slice(0, 32)}`;
};
