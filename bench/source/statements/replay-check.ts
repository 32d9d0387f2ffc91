import { DatabaseError } from 'pg';
import type { Connection } from '../../database/connection.ts';
import { askRows, type AskRows } from '../../database/ask-rows.ts';
import type { Parameter } from '../../model/work-item.ts';
import { withoutAnyKey, withWholeWeight } from './several-keys.ts';
import type {
  LeftOutStatement,
  ReplayableRead,
  ReplayableStatement,
  ReplayableWrite,
  Statements,
} from './source-statement.ts';

/** Of a write whose targets serve once: for six rounds of pairs, the canary's too, and the counts before them. */
const LEAST_TARGETS = 200;

/** Executions of a write that are tried: a second one may collide with the first. */
const TRIED = 3;

export interface ReplayOptions {
  /** For keys and targets. */
  ask?: AskRows;
  /** Of a write whose targets serve once. */
  leastTargets?: number;
  /** Whether the rows have fakes for texts, and the statements may have the texts. @default false */
  hasFakes?: boolean;
}

/**
 * Runs every statement once, with its values, in transactions that are rolled back. Never in the source: the session is
 * one of the measuring server, with the rows carried over.
 *
 * @returns the statements that PostgreSQL accepts and that find rows; the others are left out, with the reason
 */
export async function checkReplay(
  connection: Connection,
  { replayable, leftOut, ...counted }: Statements,
  { ask = askRows, leastTargets = LEAST_TARGETS, hasFakes = false }: ReplayOptions = {},
): Promise<Statements> {
  const sound = new Map<string, ReplayableStatement>();
  const failed: LeftOutStatement[] = [];
  for (const statement of replayable) {
    const outcome = await rolledBack(connection, () =>
      trial(connection, statement, { ask, leastTargets, hasFakes }),
    );
    if (outcome.state === 'failed') failed.push(leftOutFor(outcome.reason, statement));
    else sound.set(outcome.execution, together(sound.get(outcome.execution), statement));
  }
  const measured = [...sound.values()];
  return {
    ...counted,
    replayable: withWholeWeight(measured, replayable),
    leftOut: [...leftOut, ...withoutAnyKey(failed, measured)],
  };
}

const leftOutFor = (reason: string, statement: ReplayableStatement): LeftOutStatement => ({
  sql: statement.sql,
  reason,
  share: statement.share,
  ...(statement.kind === 'write' && statement.madeUp && { madeUp: true }),
});

/** What came of a trial; `execution` is the same for the same statement with the same values. */
type Outcome = { state: 'ran'; execution: string } | { state: 'failed'; reason: string };

const failedWith = (reason: string): Outcome => ({ state: 'failed', reason });

/** Where frequent and rare values are the same, one item stands for both. */
const together = (first: ReplayableStatement | undefined, other: ReplayableStatement): ReplayableStatement =>
  first ? { ...first, weight: first.weight + other.weight, share: first.share + other.share } : other;

async function rolledBack(connection: Connection, use: () => Promise<Outcome>): Promise<Outcome> {
  await connection.query('BEGIN');
  try {
    return await use();
  } catch (error) {
    if (error instanceof DatabaseError && error.severity === 'ERROR')
      return failedWith(`PostgreSQL: ${error.message}`);
    throw error;
  } finally {
    await connection.query('ROLLBACK').catch(() => undefined);
  }
}

const trial = (
  connection: Connection,
  statement: ReplayableStatement,
  options: Required<ReplayOptions>,
): Promise<Outcome> =>
  statement.kind === 'read'
    ? trialOfRead(connection, statement, options)
    : trialOfWrite(connection, statement, options);

async function trialOfRead(
  connection: Connection,
  { sql, key }: ReplayableRead,
  { ask, hasFakes }: Required<ReplayOptions>,
): Promise<Outcome> {
  const values = key ? (await ask(connection, key.sql))[0] : [];
  if (!values) return failedWith('no row has values for its parameters');
  const found = await askRows(connection, sql, values);
  if (key && found.length === 0) return failedWith('with values of the rows it finds no row');
  if (hasFakes && found.length === 0) return failedWith(AMONG_FAKES);
  return { state: 'ran', execution: JSON.stringify([sql, values]) };
}

const AMONG_FAKES =
  'it finds no row: the rows have fakes in place of texts; where it names one, take the snapshot with --keep-text';

async function trialOfWrite(
  connection: Connection,
  { id, sql, targets, eachTargetOnce }: ReplayableWrite,
  { ask, leastTargets }: Required<ReplayOptions>,
): Promise<Outcome> {
  const rows = await ask(connection, targets);
  if (rows.length === 0) return failedWith('there is no row that it could write to');
  if (eachTargetOnce && rows.length < leastTargets)
    return failedWith(
      `there are ${rows.length} rows that it could write to, and measuring takes ${leastTargets}`,
    );
  let changed = 0;
  for (const [target] of rows.slice(0, TRIED)) {
    const values = JSON.parse(target ?? '[]') as Parameter[];
    changed += (await connection.query(sql, values)).rowCount ?? 0;
  }
  await connection.query('SET CONSTRAINTS ALL IMMEDIATE');
  if (changed === 0) return failedWith('with values of the rows it changes no row');
  return { state: 'ran', execution: id };
}
