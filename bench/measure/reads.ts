import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ItemError } from '../model/errors.ts';
import type { ReadExamination, Timed } from '../model/measurement.ts';
import type { PlanComparison, QueryPlan } from '../model/plan.ts';
import type { KeyQuery, Parameter } from '../model/work-item.ts';
import { compareAnswers } from './answers.ts';
import { askRows, type AskRows } from '../database/ask-rows.ts';
import { runBlock, typicalDurationMs } from './block.ts';
import { explainAnalyze } from './explain.ts';
import type { Observers } from './observer.ts';
import { watchPlans, type LookAtPlans } from './disturbances.ts';
import { measurePairs, type PairRunner, type Timing } from './pairs.ts';
import { timePlanning } from './planning.ts';
import { isFirstTurn, primeSession, sessionFor, type ArmSessions } from './sessions.ts';
import { compareApproximately } from './recall.ts';
import { statementClock, type TimeOnServer } from './statement-clock.ts';
import { queryOf, type Statement } from './statement.ts';
import { runInTurns, turnsOf, type Turns } from './turns.ts';

/** The values of a read's parameters, taken from the data; none for a verbatim statement. */
export async function drawKey(
  connection: Connection,
  key: KeyQuery | undefined,
  ask?: AskRows,
): Promise<Parameter[]> {
  const [first = []] = await drawKeys(connection, key, ask);
  return first;
}

/** Every list of values that the key query has; a single empty one for a verbatim statement. */
export async function drawKeys(
  connection: Connection,
  key: KeyQuery | undefined,
  ask = askRows,
): Promise<Parameter[][]> {
  if (!key) return [[]];
  const rows = await ask(connection, key.sql, key.parameters);
  if (!rows[0]) throw new ItemError('the key query found no row to draw a parameter from');
  return rows;
}

/** What has to be known of a read before it is timed, in whatever sessions. */
export interface PreparedRead {
  statement: Statement;
  turns: Turns;
  timeOnServer: TimeOnServer;
  lookAtPlans: LookAtPlans;
}

/** Of a long read a few executions tell how long it takes. */
const ENOUGH_MS = 8;

/** @param sizing how its blocks are divided */
export async function prepareRead(
  statement: Statement,
  sessions: PerArm<ArmSessions>,
  observers: Observers,
  sizing: (durationMs: PerArm<number>) => Turns = turnsOf,
): Promise<PreparedRead> {
  const {
    before: [before],
    after: [after],
  } = sessions;
  const query = queryOf(statement);
  const durationIn = (session: Connection) =>
    typicalDurationMs(() => session.query(query), { enoughMs: ENOUGH_MS });
  const durationMs = { before: await durationIn(before), after: await durationIn(after) };
  return {
    statement,
    turns: sizing(durationMs),
    timeOnServer: await statementClock(observers, { before, after }, statement),
    lookAtPlans: await watchPlans(statement, sessions),
  };
}

/** Times one read on both arms. */
export async function measureRead(
  read: PreparedRead,
  sessions: PerArm<ArmSessions>,
  timing: Timing,
): Promise<Timed> {
  const { disturbances, ...timed } = await measurePairs(readRunner(read, sessions), timing);
  return { ...timed, disturbances: [...disturbances, ...(await read.lookAtPlans(sessions))] };
}

/** What runs the pairs of one read. */
export function readRunner(
  { statement, turns, timeOnServer }: PreparedRead,
  sessions: PerArm<ArmSessions>,
): PairRunner {
  const query = queryOf(statement);
  const executeIn = (arm: Arm, pair: number) => () => sessionFor(sessions, arm, pair).query(query);
  const prime = async (pair: number): Promise<void> => {
    if (!isFirstTurn(sessions, pair)) return;
    await primeSession(executeIn('before', pair));
    await primeSession(executeIn('after', pair));
  };
  const run = (first: Arm, pair: number) =>
    runInTurns({ before: executeIn('before', pair), after: executeIn('after', pair) }, turns, first);
  return { prime, run, timeOnServer };
}

/**
 * Plans, counters, answers and planning times of both arms, measured apart from the timed executions.
 *
 * @param approximateKeys of a read that may answer approximately: the keys that recall is taken over
 */
export async function examineRead(
  statement: Statement,
  { before: [before], after: [after] }: PerArm<ArmSessions>,
  candidateIndexes: ReadonlySet<string>,
  order: Iterable<Arm>,
  approximateKeys?: readonly (readonly Parameter[])[],
): Promise<ReadExamination> {
  const answers = approximateKeys
    ? await compareApproximately(statement.sql, approximateKeys, { before, after })
    : await compareAnswers(statement, { before, after });
  const explained = {
    before: await explainAnalyze(before, statement),
    after: await explainAnalyze(after, statement),
  };
  return {
    answers,
    plans: comparePlans(explained.before.plan, explained.after.plan, candidateIndexes),
    counters: { before: explained.before.counters, after: explained.after.counters },
    ...(await timePlanning({ before, after }, statement, order)),
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
