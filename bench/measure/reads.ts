import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ItemError } from '../model/errors.ts';
import type { ReadExamination, Timed } from '../model/measurement.ts';
import type { PlanComparison, QueryPlan } from '../model/plan.ts';
import type { KeyQuery, Parameter } from '../model/work-item.ts';
import { compareAnswers } from './answers.ts';
import { executionsPerBlock, runBlock, typicalDurationMs } from './block.ts';
import { explainAnalyze } from './explain.ts';
import type { Observer } from './observer.ts';
import { measurePairs, type RunArm, type Timing } from './pairs.ts';
import { withPlanWatch } from './disturbances.ts';
import { timePlanning } from './planning.ts';
import { isFirstTurn, prime, sessionFor, type ArmSessions } from './sessions.ts';
import { statementClock } from './statement-clock.ts';
import { queryOf, type Statement } from './statement.ts';

/** The values of a read's parameters, taken from the data; none for a verbatim statement. */
export async function drawKey(connection: Connection, key: KeyQuery | undefined): Promise<Parameter[]> {
  if (!key) return [];
  const query = { text: key.sql, values: [...(key.parameters ?? [])], rowMode: 'array' as const };
  const { rows } = await connection.query<string[]>(query);
  if (!rows[0]) throw new ItemError('the key query found no row to draw a parameter from');
  return rows[0];
}

/** Times one read on both arms. */
export async function measureRead(
  statement: Statement,
  sessions: PerArm<ArmSessions>,
  timing: Timing,
): Promise<Timed> {
  const arms = await readArms(statement, sessions, timing.observer);
  return withPlanWatch(sessions, statement, () => measurePairs(arms, timing));
}

/**
 * What runs the blocks of one read. The statement changes nothing, so each arm has blocks of its own size.
 *
 * @param blockMs how long a block should last at least
 */
export async function readArms(
  statement: Statement,
  sessions: PerArm<ArmSessions>,
  observer: Observer,
  blockMs?: number,
): Promise<PerArm<RunArm>> {
  const query = queryOf(statement);
  const runner = async (arm: Arm): Promise<RunArm> => {
    const [session] = sessions[arm];
    const executions = executionsPerBlock(await typicalDurationMs(() => session.query(query)), blockMs);
    const timeOnServer = await statementClock(observer, session, statement);
    return async (pair) => {
      const execute = () => sessionFor(sessions, arm, pair).query(query);
      if (isFirstTurn(sessions, pair)) await prime(execute);
      return timeOnServer(() => runBlock(executions, execute));
    };
  };
  return { before: await runner('before'), after: await runner('after') };
}

/** Plans, counters, answers and planning times of both arms, measured apart from the timed executions. */
export async function examineRead(
  statement: Statement,
  { before: [before], after: [after] }: PerArm<ArmSessions>,
  candidateIndexes: ReadonlySet<string>,
  order: Iterable<Arm>,
): Promise<ReadExamination> {
  const answers = await compareAnswers(statement, { before, after });
  const explained = {
    before: await explainAnalyze(before, statement),
    after: await explainAnalyze(after, statement),
  };
  return {
    answers,
    plans: comparePlans(explained.before.plan, explained.after.plan, candidateIndexes),
    counters: { before: explained.before.counters, after: explained.after.counters },
    planning: await timePlanning({ before, after }, statement, order),
  };
}

export const comparePlans = (
  before: QueryPlan,
  after: QueryPlan,
  candidateIndexes: ReadonlySet<string>,
): PlanComparison => ({
  before,
  after,
  changed: before.signature !== after.signature,
  candidateIndexes: after.indexes.filter((name) => candidateIndexes.has(name)),
});

const BLOCKS = 20;
const EXECUTIONS = 100;

/**
 * The time of an empty query from client to server and back, block by block, in milliseconds. No index can shorten this
 * part of a client time.
 */
export async function measureRoundTrip(connection: Connection): Promise<number[]> {
  const blocks: number[] = [];
  const ask = () => connection.query('');
  await runBlock(EXECUTIONS, ask);
  while (blocks.length < BLOCKS) blocks.push((await runBlock(EXECUTIONS, ask)).medianMs);
  return blocks;
}
