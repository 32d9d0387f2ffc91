import { DatabaseError } from 'pg';
import type { Connection } from '../../database/connection.ts';
import type { Parameter } from '../../model/work-item.ts';
import type {
  LeftOutStatement,
  ReplayableRead,
  ReplayableStatement,
  ReplayableWrite,
  Statements,
} from './source-statement.ts';

/** Executions of a write that are tried: a second one may collide with the first. */
const TRIED = 3;

/**
 * Runs every statement once, with its values, in transactions that are rolled back. Never in the source: the session is
 * one of the measuring server, with the rows carried over.
 *
 * @returns the statements that PostgreSQL accepts and that find rows; the others are left out, with the reason
 */
export async function checkReplay(
  connection: Connection,
  { replayable, leftOut }: Statements,
): Promise<Statements> {
  const sound = new Map<string, ReplayableStatement>();
  const failed: LeftOutStatement[] = [];
  for (const statement of replayable) {
    const outcome = await rolledBack(connection, () => trial(connection, statement));
    if (outcome.state === 'failed')
      failed.push({ sql: statement.sql, reason: outcome.reason, share: statement.share });
    else sound.set(outcome.execution, together(sound.get(outcome.execution), statement));
  }
  return { replayable: [...sound.values()], leftOut: [...leftOut, ...failed] };
}

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

const trial = (connection: Connection, statement: ReplayableStatement): Promise<Outcome> =>
  statement.kind === 'read' ? trialOfRead(connection, statement) : trialOfWrite(connection, statement);

async function trialOfRead(connection: Connection, { sql, key }: ReplayableRead): Promise<Outcome> {
  const values = key ? (await rowsOf(connection, key.sql))[0] : [];
  if (!values) return failedWith('no row has values for its parameters');
  const found = await rowsOf(connection, sql, values);
  if (key && found.length === 0) return failedWith('with values of the rows it finds no row');
  return { state: 'ran', execution: JSON.stringify([sql, values]) };
}

async function trialOfWrite(connection: Connection, { id, sql, targets }: ReplayableWrite): Promise<Outcome> {
  const rows = await rowsOf(connection, targets);
  if (rows.length === 0) return failedWith('there is no row that it could write to');
  let changed = 0;
  for (const [target] of rows.slice(0, TRIED)) {
    const values = JSON.parse(target ?? '[]') as Parameter[];
    changed += (await connection.query(sql, values)).rowCount ?? 0;
  }
  await connection.query('SET CONSTRAINTS ALL IMMEDIATE');
  if (changed === 0) return failedWith('with values of the rows it changes no row');
  return { state: 'ran', execution: id };
}

async function rowsOf(
  connection: Connection,
  text: string,
  values: readonly Parameter[] = [],
): Promise<(string | null)[][]> {
  const { rows } = await connection.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
  return rows;
}
