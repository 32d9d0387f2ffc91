import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { NOTHING_TIMED, type Timed } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import { CALIBRATION_EXECUTIONS, typicalDurationMs } from './block.ts';
import { watchPlans, type LookAtPlans } from './disturbances.ts';
import type { Observers } from './observer.ts';
import { measurePairs, type PairRunner, type Timing } from './pairs.ts';
import { isFirstTurn, primeSession, PRIMING_EXECUTIONS, sessionFor, type ArmSessions } from './sessions.ts';
import { statementClock, type TimeOnServer } from './statement-clock.ts';
import { atLeast, runInTurns, sharedTurnsOf, within, type Turns } from './turns.ts';
import type { ParameterList, WriteSupply } from './write-supply.ts';

/** What has to be known of a write before it is timed: both arms execute the same statements, and as many in a block. */
export interface PreparedWrite {
  supply: WriteSupply;
  turns: Turns;
  timeOnServer: TimeOnServer;
  lookAtPlans: LookAtPlans;
}

/** How the blocks of a write are sized. */
interface WriteSizing {
  /** That the rows to write to should last for. */
  pairs: number;
  /** In a block. @default as many as fill it */
  leastExecutions?: number;
}

/** Sizes the blocks of a write. The executions that it takes are warm-ups, the same on both arms. */
export async function prepareWrite(
  supply: WriteSupply,
  sessions: PerArm<ArmSessions>,
  observers: Observers,
  { pairs, leastExecutions = 1 }: WriteSizing,
): Promise<PreparedWrite> {
  const {
    before: [before],
    after: [after],
  } = sessions;
  const warmUp = supply.take(isOfManyRows(supply) ? 2 : CALIBRATION_EXECUTIONS);
  const durationOn = (session: Connection): Promise<number> =>
    typicalDurationMs(supply.executeEach(session, warmUp), { most: warmUp.length });
  const durationMs = { before: await durationOn(before), after: await durationOn(after) };
  const turns = atLeast(leastExecutions, sharedTurnsOf(durationMs));
  const explained = { sql: supply.item.sql, parameters: warmUp[0] ?? [] };
  return {
    supply,
    turns: within(supply.affordable(executionsOf(turns), pairs), turns),
    timeOnServer: await statementClock(observers, { before, after }, explained),
    lookAtPlans: await watchPlans(explained, sessions),
  };
}

/** Times one write on both arms; each execution is committed separately. */
export async function measureWrite(
  write: PreparedWrite,
  sessions: PerArm<ArmSessions>,
  timing: Timing,
): Promise<Timed> {
  const isUsedUp = (): boolean => write.supply.remaining() < executionsOf(write.turns) + PRIMING_EXECUTIONS;
  if (isUsedUp()) return NOTHING_TIMED;
  const enough = (pairs: readonly Pair[]) => timing.enough(pairs) || isUsedUp();
  const { disturbances, ...timed } = await measurePairs(writeRunner(write, sessions), { ...timing, enough });
  return { ...timed, disturbances: [...disturbances, ...(await write.lookAtPlans(sessions))] };
}

/** What runs the pairs of one write. The two blocks of a pair share their parameters. */
function writeRunner(
  { supply, turns, timeOnServer }: PreparedWrite,
  sessions: PerArm<ArmSessions>,
): PairRunner {
  const executeEach = (arm: Arm, pair: number, lists: readonly ParameterList[]) =>
    supply.executeEach(sessionFor(sessions, arm, pair), lists);
  const run = (first: Arm, pair: number) => {
    const lists = supply.take(executionsOf(turns));
    const execute = { before: executeEach('before', pair, lists), after: executeEach('after', pair, lists) };
    return runInTurns(execute, turns, first);
  };
  const prime = async (pair: number): Promise<void> => {
    if (!isFirstTurn(sessions, pair) || isOfManyRows(supply)) return;
    const lists = supply.take(PRIMING_EXECUTIONS);
    await primeSession(executeEach('before', pair, lists));
    await primeSession(executeEach('after', pair, lists));
  };
  return { prime, run, timeOnServer };
}

/** What a single execution fills, caches among it, needs none before it. */
const isOfManyRows = ({ item }: WriteSupply): boolean => item.operation === 'COPY';

/** Of each arm in a pair. */
const executionsOf = ({ turns, executions }: Turns): number => turns * executions.before;
