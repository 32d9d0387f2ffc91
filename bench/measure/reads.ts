import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ItemError } from '../model/errors.ts';
import type { ReadExamination } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import type { KeyQuery, Parameter, ReadItem } from '../model/work-item.ts';
import { compareAnswers } from './answers.ts';
import { executionsPerBlock, runBlock } from './block.ts';
import { typicalDurationMs } from './calibrate.ts';
import { explain } from './explain.ts';
import { measurePairs, type RunArm, type Timing } from './pairs.ts';
import { timePlanning } from './planning.ts';
import { statementClock } from './statement-clock.ts';

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
  item: ReadItem,
  parameters: readonly Parameter[],
  connections: PerArm<Connection>,
  { order, enough, observer }: Timing,
): Promise<Pair[]> {
  const runner = async (connection: Connection): Promise<RunArm> => {
    const query = { text: item.sql, values: [...parameters], rowMode: 'array' as const };
    const execute = () => connection.query(query);
    const executions = executionsPerBlock(await typicalDurationMs(execute));
    const timeOnServer = await statementClock(observer, connection, item.sql, parameters);
    return () => timeOnServer(() => runBlock(executions, execute));
  };
  const arms = { before: await runner(connections.before), after: await runner(connections.after) };
  return measurePairs(arms, order, enough);
}

/** Plans, counters, answers and planning times of both arms, taken apart from the timed runs. */
export async function examineRead(
  item: ReadItem,
  parameters: readonly Parameter[],
  connections: PerArm<Connection>,
  candidateIndexes: ReadonlySet<string>,
  order: Iterable<Arm>,
): Promise<ReadExamination> {
  const answers = await compareAnswers(item, parameters, connections);
  const before = await explain(connections.before, item.sql, parameters);
  const after = await explain(connections.after, item.sql, parameters);
  return {
    answers,
    plans: {
      before: before.plan,
      after: after.plan,
      changed: before.plan.signature !== after.plan.signature,
      candidateIndexes: after.plan.indexes.filter((name) => candidateIndexes.has(name)),
    },
    counters: { before: before.counters, after: after.counters },
    planning: await timePlanning(connections, item.sql, parameters, order),
  };
}
