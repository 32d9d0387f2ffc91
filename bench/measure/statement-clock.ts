import type { Connection } from '../database/connection.ts';
import type { Block } from '../model/pair.ts';
import { queryIdentifier } from './explain.ts';
import { toNanosecond } from './block.ts';
import type { Observer } from './observer.ts';
import { isCopy, type Statement } from './statement.ts';

/** Adds to a block the time of its executions on the server. */
export type TimeOnServer = (run: () => Promise<Block>) => Promise<Block>;

/** Blocks stay as they are. */
const withoutServerTime: TimeOnServer = (run) => run();

/**
 * Times one statement in one session's database on the server: planning and execution as pg_stat_statements adds them
 * up, without client, connection and commit. `observer` is another session, in a database with the extension. It reads
 * the sums between blocks, never during one.
 *
 * @returns `withoutServerTime` where the server keeps no times: without the extension, or for COPY
 */
export async function statementClock(
  { connection, readsStatementTimes }: Observer,
  session: Connection,
  statement: Statement,
): Promise<TimeOnServer> {
  if (!readsStatementTimes || isCopy(statement.sql)) return withoutServerTime;
  const queryId = await queryIdentifier(session, statement);
  if (queryId === undefined) return withoutServerTime;
  const read = () => readSums(connection, session.database ?? '', queryId);
  return async (run) => {
    const start = await read();
    const block = await run();
    const end = await read();
    if (!start || !end || end.calls === start.calls) return block;
    return {
      ...block,
      serverMeanMs: toNanosecond((end.totalMs - start.totalMs) / (end.calls - start.calls)),
    };
  };
}

const SUMS = `
  SELECT sum(calls) AS calls, sum(total_exec_time + total_plan_time) AS total
  FROM pg_stat_statements(false) AS statements
  JOIN pg_database d ON d.oid = statements.dbid
  WHERE d.datname = $1 AND statements.queryid = $2
  HAVING sum(calls) > 0`;

async function readSums(
  observer: Connection,
  database: string,
  queryId: string,
): Promise<{ calls: number; totalMs: number } | undefined> {
  const { rows } = await observer.query<{ calls: string; total: string }>(SUMS, [database, queryId]);
  return rows[0] && { calls: Number(rows[0].calls), totalMs: Number(rows[0].total) };
}
