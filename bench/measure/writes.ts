import type { Arm, PerArm } from '../model/arm.ts';
import type { Timed } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import { executionsPerSharedBlock, runBlock, CALIBRATION_EXECUTIONS, typicalDurationMs } from './block.ts';
import { measurePairs, type RunArm, type Timing } from './pairs.ts';
import { withPlanWatch } from './disturbances.ts';
import { isFirstTurn, prime, PRIMING_EXECUTIONS, sessionFor, type ArmSessions } from './sessions.ts';
import { statementClock } from './statement-clock.ts';
import type { ParameterList, WriteSupply } from './write-supply.ts';

/**
 * Times one write on both arms; each execution is committed separately. Both arms execute the same statements in the
 * same order: the two blocks of a pair share their parameters, and so do the warm-ups.
 */
export async function measureWrite(
  supply: WriteSupply,
  sessions: PerArm<ArmSessions>,
  timing: Timing,
): Promise<Timed> {
  const warmUp = supply.take(CALIBRATION_EXECUTIONS);
  const duration = async ([session]: ArmSessions): Promise<number> =>
    typicalDurationMs(supply.executeEach(session, warmUp));
  const beforeMs = await duration(sessions.before);
  const afterMs = await duration(sessions.after);
  const executions = supply.affordable(executionsPerSharedBlock(beforeMs, afterMs));

  const statement = { sql: supply.item.sql, parameters: warmUp[0] ?? [] };
  const lists: ParameterList[][] = [];
  const runner = async (arm: Arm): Promise<RunArm> => {
    const timeOnServer = await statementClock(timing.observer, sessions[arm][0], statement);
    return async (pair) => {
      const isFirst = isFirstTurn(sessions, pair);
      const parameters = (lists[pair] ??= supply.take(executions + (isFirst ? PRIMING_EXECUTIONS : 0)));
      const execute = supply.executeEach(sessionFor(sessions, arm, pair), parameters);
      if (isFirst) await prime(execute);
      return timeOnServer(() => runBlock(executions, execute));
    };
  };
  const arms = { before: await runner('before'), after: await runner('after') };
  const isUsedUp = (): boolean => supply.remaining() < executions + PRIMING_EXECUTIONS;
  const enough = (pairs: readonly Pair[]) => timing.enough(pairs) || isUsedUp();
  return withPlanWatch(sessions, statement, () => measurePairs(arms, { ...timing, enough }));
}
