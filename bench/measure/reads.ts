import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ItemError } from '../model/errors.ts';
import type { ReadExamination, Timed } from '../model/measurement.ts';
import type { PlanComparison, QueryPlan } from '../model/plan.ts';
import type { KeyQuery, Parameter } from '../model/work-item.ts';
import { compareAnswers } from './answers.ts';
import { executionsPerBlock, runBlock } from './block.ts';
import { typicalDurationMs } from './calibrate.ts';
import { explainAnalyze } from './explain.ts';
import { measurePairs, type RunArm, type Timing } from './pairs.ts';
import { withPlanWatch } from './plan-watch.ts';
import { timePlanning } from './planning.ts';
import { statementClock } from './statement-clock.ts';
import { queryOf, type Statement } from './statement.ts';

/** The values for a read's parameters, taken from the data; empty for a verbatim statement. */
export async function drawKey(connection: Connection, key: KeyQuery | undefined): Promise<Parameter[]> {
  if (!key) return [];
  const query = { text: key.sql, values: [...key.parameters], rowMode: 'array' as const };
  const { rows } = await connection.query<string[]>(query);
  if (!rows[0]) throw new ItemError('the key query found no row to draw a parameter from');
  return rows[0];
}

/** Times one read on both arms. Blocks are sized for each arm by itself: the statement changes nothing. */
export async function measureRead(
  statement: Statement,
  connections: PerArm<Connection>,
  timing: Timing,
): Promise<Timed> {
  const runner = async (connection: Connection): Promise<RunArm> => {
    const query = queryOf(statement);
    const execute = () => connection.query(query);
    const executions = executionsPerBlock(await typicalDurationMs(execute));
    const timeOnServer = await statementClock(timing.observer, connection, statement);
    return () => timeOnServer(() => runBlock(executions, execute));
  };
  const arms = { before: await runner(connections.before), after: await runner(connections.after) };
  return withPlanWatch(connections, statement, () => measurePairs(arms, timing));
}

/** Plans, counters, answers and planning times of both arms, taken apart from the timed runs. */
export async function examineRead(
  statement: Statement,
  connections: PerArm<Connection>,
  candidateIndexes: ReadonlySet<string>,
  order: Iterable<Arm>,
): Promise<ReadExamination> {
  const answers = await compareAnswers(statement, connections);
  const before = await explainAnalyze(connections.before, statement);
  const after = await explainAnalyze(connections.after, statement);
  return {
    answers,
    plans: comparePlans(before.plan, after.plan, candidateIndexes),
    counters: { before: before.counters, after: after.counters },
    planning: await timePlanning(connections, statement, order),
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
