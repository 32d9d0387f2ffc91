import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ItemError } from '../model/errors.ts';
import type { Pair } from '../model/pair.ts';
import type { PlanComparison } from '../model/plan.ts';
import type { KeyQuery, Parameter, ReadItem } from '../model/work-item.ts';
import { executionsPerBlock, runBlock } from './block.ts';
import { typicalDurationMs } from './calibrate.ts';
import { explain } from './explain.ts';
import { measurePairs, type Enough, type RunArm } from './pairs.ts';

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
  order: Iterable<Arm>,
  enough: Enough,
): Promise<Pair[]> {
  const runner = async (connection: Connection): Promise<RunArm> => {
    const query = { text: item.sql, values: [...parameters], rowMode: 'array' as const };
    const execute = () => connection.query(query);
    const executions = executionsPerBlock(await typicalDurationMs(execute));
    return () => runBlock(executions, execute);
  };
  const arms = { before: await runner(connections.before), after: await runner(connections.after) };
  return measurePairs(arms, order, enough);
}

/** Both plans of one read, and which of the candidate's indexes the plan after uses. */
export async function comparePlans(
  item: ReadItem,
  parameters: readonly Parameter[],
  connections: PerArm<Connection>,
  candidateIndexes: ReadonlySet<string>,
): Promise<PlanComparison> {
  const before = await explain(connections.before, item.sql, parameters);
  const after = await explain(connections.after, item.sql, parameters);
  return {
    before,
    after,
    changed: before.signature !== after.signature,
    candidateIndexes: after.indexes.filter((name) => candidateIndexes.has(name)),
  };
}
