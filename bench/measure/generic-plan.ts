import { createHash } from 'node:crypto';
import type { PerArm } from '../model/arm.ts';
import type { PlanComparison } from '../model/plan.ts';
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

/** Prepares the statement in these sessions: they plan generically until they are renewed. */
export async function planGenerically(
  statement: Statement,
  { before, after }: PerArm<ArmSessions>,
): Promise<void> {
  for (const session of [...before, ...after]) {
    await session.query('SET plan_cache_mode = force_generic_plan');
    await session.query(queryOf(statement));
  }
}

/** The plan for all values on both arms. */
export async function genericPlans(
  statement: Statement,
  sessions: PerArm<ArmSessions>,
  candidateIndexes: ReadonlySet<string>,
): Promise<PlanComparison> {
  await planGenerically(statement, sessions);
  const [before] = sessions.before;
  const [after] = sessions.after;
  return comparePlans(await planOf(before, statement), await planOf(after, statement), candidateIndexes);
}

/**
 * Another one for the same statement with other values: pg takes a name for prepared once it has sent it, although the
 * session may have been renewed since. Made of no item's name: PostgreSQL compares only 63 bytes of the names of prepared
 * statements, and pg looks names up in a plain object, which has a `constructor` before anything is prepared.
 */
const nameFor = (sql: string, parameters: Statement['parameters']): string => {
  const hash = createHash('sha256').update(JSON.stringify([sql, parameters]));
  return `generic plan ${hash.digest('hex').slice(0, 32)}`;
};
