import type { PerArm } from '../model/arm.ts';
import { ownBytes, type WriteCounters } from '../model/counters.ts';
import type { Hour, HourlyStatement } from '../model/hour.ts';
import type { MeasuredWrite } from '../model/item-result.ts';
import { timesIn } from './balance.ts';
import type { HourlyCalls } from './hourly-calls.ts';
import type { MixedStatement, MixedStatements } from './mixed-statements.ts';

/**
 * Time saved and added in an hour, and what its writes log.
 *
 * @param writes those among the statements, with their counters
 */
export function hourOf(
  statements: MixedStatements,
  writes: readonly MeasuredWrite[],
  calls: HourlyCalls,
): Hour {
  const callsOf = ({ id }: MixedStatement): number => calls.get(id) ?? 0;
  const all = [...statements.reads, ...statements.writes];
  const countersOf = ({ id }: MixedStatement) => writes.find((write) => write.id === id)?.counters;
  const hourly = all.map((statement) =>
    hourlyStatement(statement, callsOf(statement), countersOf(statement)),
  );
  const walBytes = sumOfLogs(
    statements.writes.map(({ id }) => hourly.find((one) => one.id === id)?.walBytes),
  );
  return {
    calls: hourly.reduce((sum, statement) => sum + statement.calls, 0),
    ...timesIn(all, callsOf),
    ...(walBytes && { walBytes }),
    statements: hourly,
  };
}

function hourlyStatement(
  { id, title, saved, before }: MixedStatement,
  calls: number,
  counters: PerArm<WriteCounters> | undefined,
): HourlyStatement {
  const { point, low, high } = saved;
  return {
    id,
    title,
    calls,
    savedMs: {
      ...{ point: calls * point, low: calls * low, high: calls * high },
      ...{ confidence: before.confidence, n: before.n, method: 'calls x (before - after), over the rounds' },
    },
    ...(counters && {
      walBytes: { before: calls * bytesOf(counters.before), after: calls * bytesOf(counters.after) },
    }),
  };
}

const bytesOf = ({ steady, executions }: WriteCounters): number =>
  executions > 0 ? ownBytes(steady) / executions : 0;

function sumOfLogs(logs: readonly (PerArm<number> | undefined)[]): PerArm<number> | undefined {
  const known = logs.filter((log) => log !== undefined);
  if (known.length === 0 || known.length < logs.length) return undefined;
  const sum = (arm: keyof PerArm<number>): number => known.reduce((so, log) => so + log[arm], 0);
  return { before: sum('before'), after: sum('after') };
}
