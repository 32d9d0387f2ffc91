import { ItemError } from '../model/errors.ts';
import type { Connection } from '../database/connection.ts';
import type { Parameter, Random, WriteItem } from '../model/work-item.ts';
import { askRows } from '../database/ask-rows.ts';
import { PRIMING_EXECUTIONS } from './sessions.ts';

/** Sends COPY text for a `COPY ... FROM STDIN` statement. */
type SendCopy = (connection: Connection, sql: string, text: string) => Promise<unknown>;

export interface WriteContext {
  random: Random;
  rowsOf: (table: string) => number;
  sendCopy: SendCopy;
}

/** The parameters of one execution. */
export type ParameterList = readonly Parameter[];

/** A write with the parameters of its executions, one list after another. */
export interface WriteSupply {
  item: WriteItem;
  take: (count: number) => ParameterList[];
  /** Executions for which rows are left. */
  remaining: () => number;
  /** At most `wanted` executions a block; fewer where the targets would not last for so many pairs. */
  affordable: (wanted: number, pairs: number) => number;
  /** A function that runs the item with the next of these lists at each call. */
  executeEach: (connection: Connection, lists: readonly ParameterList[]) => () => Promise<unknown>;
}

/** The keys that an item may write to; where each serves once they are used up, otherwise they start again from the first. */
export async function listTargets(
  connection: Connection,
  item: WriteItem,
  ask = askRows,
): Promise<Parameter[]> {
  if (item.targets === undefined) return [];
  const rows = await ask(connection, item.targets);
  if (rows.length === 0) throw new ItemError('the targets query found no row to write to');
  return rows.map(([key]) => key ?? null);
}

export function writeSupply(
  item: WriteItem,
  targets: readonly Parameter[],
  { random, rowsOf, sendCopy }: WriteContext,
): WriteSupply {
  let ordinal = 0;
  const isUsedUp = item.operation === 'DELETE' || item.eachTargetOnce === true;
  const remaining = (): number => (isUsedUp ? targets.length - ordinal : Infinity);
  const draw = (): ParameterList => {
    const target = targets[ordinal % targets.length] ?? null;
    return item.draw({ random, rowsOf, target, ordinal: ordinal++ });
  };
  return {
    item,
    take: (count) => Array.from({ length: Math.min(count, remaining()) }, draw),
    remaining,
    affordable: (wanted, pairs) =>
      Math.max(1, Math.min(wanted, Math.floor(remaining() / pairs) - PRIMING_EXECUTIONS)),
    executeEach: (connection, lists) => {
      let next = 0;
      return () => {
        const parameters = lists[next++] ?? [];
        return item.operation === 'COPY'
          ? sendCopy(connection, item.sql, String(parameters[0]))
          : connection.query(item.sql, [...parameters]);
      };
    },
  };
}
