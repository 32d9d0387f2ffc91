import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { UpdateCounters } from '../model/counters.ts';
import { ItemError } from '../model/errors.ts';
import type { WriteTiming } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import type { Parameter, Random, WriteItem } from '../model/work-item.ts';
import { executionsPerSharedBlock, runBlock } from './block.ts';
import { CALIBRATION_EXECUTIONS, typicalDurationMs } from './calibrate.ts';
import { countUpdates } from './hot-updates.ts';
import { measurePairs, type RunArm, type Timing } from './pairs.ts';
import { withPlanWatch } from './plan-watch.ts';
import { isFirstTurn, prime, PRIMING_EXECUTIONS, sessionFor, type Sessions } from './sessions.ts';
import { statementClock } from './statement-clock.ts';

/** Sends COPY text for a `COPY ... FROM STDIN` statement. */
type SendCopy = (connection: Connection, sql: string, text: string) => Promise<unknown>;

export interface WriteContext {
  random: Random;
  rowsOf: (table: string) => number;
  sendCopy: SendCopy;
}

/** A read of the keys an item may write to; each execution of a DELETE uses one up, others go round. */
export async function listTargets(connection: Connection, item: WriteItem): Promise<Parameter[]> {
  if (item.targets === undefined) return [];
  const { rows } = await connection.query<string[]>({ text: item.targets, rowMode: 'array' });
  if (rows.length === 0) throw new ItemError('the targets query found no row to write to');
  return rows.map(([key]) => key ?? null);
}

/**
 * Times one write on both arms, each execution committed by itself. Both arms execute exactly the same
 * statements in the same order: a pair's two blocks share their parameters, and so do the warm-ups.
 */
export async function measureWrite(
  item: WriteItem,
  targets: readonly Parameter[],
  sessions: PerArm<Sessions>,
  context: WriteContext,
  timing: Timing,
): Promise<WriteTiming> {
  const supply = parameterSupply(item, targets, context);
  const warmUp = supply.take(CALIBRATION_EXECUTIONS);
  const duration = async ([session]: Sessions): Promise<number> =>
    typicalDurationMs(executeEach(item, session, warmUp, context.sendCopy));
  const [beforeMs, afterMs] = [await duration(sessions.before), await duration(sessions.after)];
  const executions = supply.affordable(executionsPerSharedBlock(beforeMs, afterMs));

  const statement = { sql: item.sql, parameters: warmUp[0] ?? [] };
  const lists: (readonly Parameter[])[][] = [];
  const runner = async (arm: Arm): Promise<RunArm> => {
    const timeOnServer = await statementClock(timing.observer, sessions[arm][0], statement);
    return async (pair) => {
      const isFirst = isFirstTurn(sessions, pair);
      const parameters = (lists[pair] ??= supply.take(executions + (isFirst ? PRIMING_EXECUTIONS : 0)));
      const execute = executeEach(item, sessionFor(sessions, arm, pair), parameters, context.sendCopy);
      if (isFirst) await prime(execute);
      return timeOnServer(() => runBlock(executions, execute));
    };
  };
  const arms = { before: await runner('before'), after: await runner('after') };
  const isUsedUp = (): boolean => supply.left() < executions + PRIMING_EXECUTIONS;
  const enough = (pairs: readonly Pair[]) => timing.enough(pairs) || isUsedUp();
  const updatesOf = item.operation === 'UPDATE' ? await countBoth(sessions, item.table) : undefined;
  const timed = await withPlanWatch(sessions, statement, () => measurePairs(arms, { ...timing, enough }));
  return { ...timed, updates: await updatesOf?.() };
}

async function countBoth(
  sessions: PerArm<Sessions>,
  table: string,
): Promise<() => Promise<PerArm<UpdateCounters>>> {
  const before = await countUpdates(sessions.before, table);
  const after = await countUpdates(sessions.after, table);
  return async () => ({ before: await before(), after: await after() });
}

/** A function that runs the item with the next list of parameters each time it is called. */
function executeEach(
  item: WriteItem,
  connection: Connection,
  lists: readonly (readonly Parameter[])[],
  sendCopy: SendCopy,
): () => Promise<unknown> {
  let next = 0;
  return () => {
    const parameters = lists[next++] ?? [];
    return item.operation === 'COPY'
      ? sendCopy(connection, item.sql, String(parameters[0]))
      : connection.query(item.sql, [...parameters]);
  };
}

/** Pairs that a DELETE should at least have rows for. */
const WANTED_PAIRS = 20;

interface ParameterSupply {
  take: (count: number) => (readonly Parameter[])[];
  left: () => number;
  /** At most `wanted` executions a block, fewer where the rows to delete would not last. */
  affordable: (wanted: number) => number;
}

function parameterSupply(
  item: WriteItem,
  targets: readonly Parameter[],
  { random, rowsOf }: WriteContext,
): ParameterSupply {
  let ordinal = 0;
  const left = (): number => (item.operation === 'DELETE' ? targets.length - ordinal : Infinity);
  const draw = (): readonly Parameter[] => {
    const target = targets[ordinal % targets.length] ?? null;
    return item.draw({ random, rowsOf, target, ordinal: ordinal++ });
  };
  return {
    take: (count) => Array.from({ length: Math.min(count, left()) }, draw),
    left,
    affordable: (wanted) =>
      Math.max(1, Math.min(wanted, Math.floor(left() / WANTED_PAIRS) - PRIMING_EXECUTIONS)),
  };
}
