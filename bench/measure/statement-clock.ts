import type { Connection } from '../database/connection.ts';
import type { Arm } from '../model/arm.ts';
import type { Block } from '../model/pair.ts';
import { toNanosecond } from './block.ts';
import { queryIdentifier } from './explain.ts';
import type { Observer } from './observer.ts';
import { isCopy, type Statement } from './statement.ts';

/** Adds to blocks in several databases, each under a name of its own, the time of their executions on the server. */
export type TimeOnServer<Name extends string = Arm> = <Timed extends Block>(
  run: () => Promise<Record<Name, Timed>>,
) => Promise<Record<Name, Timed>>;

/**
 * Times a statement on the server, in the databases of these sessions: planning and execution as pg_stat_statements adds
 * them up, without client, connection and commit. An observer is another session on the server of its session, in a
 * database with the extension. It reads the sums before and after all the blocks of a call, and never meanwhile.
 *
 * @returns a clock that leaves blocks as they are where the server keeps no times: without the extension, or for COPY
 */
export async function statementClock<Name extends string>(
  observers: Record<Name, Observer>,
  sessions: Record<Name, Connection>,
  statement: Statement,
): Promise<TimeOnServer<Name>> {
  const names = Object.keys(sessions) as Name[];
  if (isCopy(statement.sql) || !names.every((name) => observers[name].readsStatementTimes))
    return (run) => run();
  const statements: Identified[] = [];
  for (const name of names)
    statements.push(await identify(sessions[name], statement, observers[name].connection));
  const read = () => readAllSums(statements);
  return async (run) => {
    const start = await read();
    const blocks = await run();
    const end = await read();
    const timed = names.map((name, position) => [
      name,
      { ...blocks[name], ...meanBetween(start[position], end[position]) },
    ]);
    return Object.fromEntries(timed) as typeof blocks;
  };
}

/** A statement in a database, as pg_stat_statements knows it, and the session that asks for its sums. */
interface Identified {
  database: string | undefined;
  queryId: string | undefined;
  observer: Connection;
}

const identify = async (
  session: Connection,
  statement: Statement,
  observer: Connection,
): Promise<Identified> => ({
  database: session.database,
  queryId: await queryIdentifier(session, statement),
  observer,
});

interface Sums {
  calls: number;
  totalMs: number;
}

/** Nothing where the server has forgotten the statement meanwhile, or has not seen it. */
function meanBetween(start: Sums | undefined, end: Sums | undefined): Pick<Block, 'serverMeanMs'> {
  if (!start || !end || end.calls === start.calls) return {};
  return { serverMeanMs: toNanosecond((end.totalMs - start.totalMs) / (end.calls - start.calls)) };
}

/** Prepared: planning it would take longer than its answer. */
const SUMS = `
  SELECT position, sum(calls) AS calls, sum(total_exec_time + total_plan_time) AS total
  FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS wanted (database, queryid, position)
  JOIN pg_database d ON d.datname = wanted.database
  JOIN pg_stat_statements(false) AS statements
    ON statements.dbid = d.oid AND statements.queryid = wanted.queryid
  GROUP BY position`;

/** In the order of the statements. Each server is asked once. */
async function readAllSums(statements: readonly Identified[]): Promise<readonly (Sums | undefined)[]> {
  const sums = new Map<Identified, Sums | undefined>();
  for (const asked of new Set(statements.map(({ observer }) => observer))) {
    const there = statements.filter(({ observer }) => observer === asked);
    const read = await readSums(asked, there);
    for (const [position, statement] of there.entries()) sums.set(statement, read[position]);
  }
  return statements.map((statement) => sums.get(statement));
}

/** In the order of the statements. */
async function readSums(
  observer: Connection,
  statements: readonly Identified[],
): Promise<readonly (Sums | undefined)[]> {
  const values = [statements.map(({ database }) => database), statements.map(({ queryId }) => queryId)];
  const { rows } = await observer.query<Record<'position' | 'calls' | 'total', string>>({
    name: 'sums',
    text: SUMS,
    values,
  });
  return statements.map((_, index) => {
    const row = rows.find(({ position }) => Number(position) === index + 1);
    return row && { calls: Number(row.calls), totalMs: Number(row.total) };
  });
}

/** On a server of ours: it keeps a line for each statement of each database that has ever been, and reads all for each answer. */
export async function forgetStatements({ connection, readsStatementTimes }: Observer): Promise<void> {
  if (readsStatementTimes) await connection.query('SELECT pg_stat_statements_reset()');
}
