import { createHash } from 'node:crypto';
import type { PerArm } from '../model/arm.ts';
import type { GenericPlanTiming } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import { planOf } from './explain.ts';
import type { Timing } from './pairs.ts';
import { comparePlans, measureRead } from './reads.ts';
import type { ArmSessions } from './sessions.ts';
import { queryOf, type Statement } from './statement.ts';

/** It is shown beside the custom plan without a verdict: an interval is enough. */
const PAIRS = 8;

/**
 * Times a read with parameters as a prepared statement with one plan for all values: the plan that an application's
 * prepared statement may use from its sixth execution on (PostgreSQL manual, PREPARE, "plan_cache_mode").
 */
export async function measureGenericPlan(
  { sql, parameters }: Statement,
  sessions: PerArm<ArmSessions>,
  candidateIndexes: ReadonlySet<string>,
  timing: Timing,
): Promise<GenericPlanTiming> {
  const statement = { sql, parameters, name: nameFor(sql) };
  const all = [...sessions.before, ...sessions.after];
  try {
    for (const session of all) {
      await session.query('SET plan_cache_mode = force_generic_plan');
      await session.query(queryOf(statement));
    }
    const plans = comparePlans(
      await planOf(sessions.before[0], statement),
      await planOf(sessions.after[0], statement),
      candidateIndexes,
    );
    const enough = (pairs: readonly Pair[]) => pairs.length >= PAIRS || timing.enough(pairs);
    return { plans, ...(await measureRead(statement, sessions, { ...timing, enough })) };
  } finally {
    for (const session of all) await session.query('RESET plan_cache_mode').catch(() => undefined);
  }
}

/**
 * Made of the statement alone, not of its item's name. PostgreSQL compares only 63 bytes of the names of prepared
 * statements, and pg looks names up in a plain object, which has a `constructor` before anything is prepared.
 */
const nameFor = (sql: string): string =>
  `generic plan ${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`;
