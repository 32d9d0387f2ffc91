import type { PerArm } from '../model/arm.ts';
import type { Disturbance } from '../model/disturbance.ts';
import type { Timed } from '../model/measurement.ts';
import { planOf } from './explain.ts';
import type { ArmSessions } from './sessions.ts';
import { isCopy, type Statement } from './statement.ts';

/** Holds the plans after the pairs against those before them: statistics, and with them plans, may change meanwhile. */
export async function withPlanWatch(
  { before: [before], after: [after] }: PerArm<ArmSessions>,
  statement: Statement,
  measure: () => Promise<Timed>,
): Promise<Timed> {
  if (isCopy(statement.sql)) return measure();
  const signatures = async (): Promise<PerArm<string>> => ({
    before: (await planOf(before, statement)).signature,
    after: (await planOf(after, statement)).signature,
  });
  const first = await signatures();
  const { pairs, disturbances } = await measure();
  const last = await signatures();
  const changes = (['before', 'after'] as const)
    .filter((arm) => first[arm] !== last[arm])
    .map((arm): Disturbance => ({ kind: 'plan change', arm }));
  return { pairs, disturbances: [...disturbances, ...changes] };
}
