import { withConnection, type Connection } from '../database/connection.ts';
import type { Server } from '../database/provision/embedded.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Timed } from '../model/measurement.ts';
import type { Block, Pair } from '../model/pair.ts';
import { runBlock } from './block.ts';
import { planOf } from './explain.ts';
import { measureArms, type RunArm, type Timing } from './pairs.ts';
import { queryOf, type Statement } from './statement.ts';

/**
 * Runs a statement once in a new session, with nothing of its database in shared buffers: a second execution would
 * find what the first has read. The operating system may still hold the files: this is no cold disk.
 */
export type RunCold = (database: string, statement: Statement) => Promise<Block>;

/** Empties the buffers alone where the server has a function for it (17 and later), and restarts it elsewhere. */
export async function coldRunner(server: Server, signal: AbortSignal): Promise<RunCold> {
  const evicts = await withConnection(server.url(), signal, canEvict);
  return evicts ? afterEviction(server, signal) : afterRestart(server, signal);
}

/** Times a read on both arms, a pair of single executions at a time. */
export async function measureBufferCold(
  statement: Statement,
  databases: PerArm<string>,
  runCold: RunCold,
  { order, enough }: Pick<Timing, 'order' | 'enough'>,
): Promise<Timed> {
  const runner =
    (arm: Arm): RunArm =>
    () =>
      runCold(databases[arm], statement);
  const arms = { before: runner('before'), after: runner('after') };
  const pairs: Pair[] = [];
  for (const first of order) {
    pairs.push({ first, ...(await measureArms(arms, first, pairs.length)) });
    if (enough(pairs)) break;
  }
  return { pairs, disturbances: [] };
}

async function canEvict(admin: Connection): Promise<boolean> {
  await admin.query('CREATE EXTENSION IF NOT EXISTS pg_buffercache');
  const { rows } = await admin.query("SELECT FROM pg_proc WHERE proname = 'pg_buffercache_evict'");
  return rows.length > 0;
}

/** Nothing is written to the arms for it: buffers of every database can be evicted from any. */
const EVICT = `
  SELECT count(pg_buffercache_evict(bufferid)) FROM pg_buffercache
  WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = $1)`;

/** The session has run the statement before, so that it knows the catalogs. */
const afterEviction =
  (server: Server, signal: AbortSignal): RunCold =>
  (database, statement) =>
    withConnection(server.url(), signal, (admin) =>
      withConnection(server.url(database), signal, async (session) => {
        await session.query(queryOf(statement));
        await admin.query(EVICT, [database]);
        return runBlock(1, () => session.query(queryOf(statement)));
      }),
    );

/** The session has planned the statement before, which takes the catalogs and none of the tables' pages. */
export const afterRestart =
  (server: Server, signal: AbortSignal): RunCold =>
  async (database, statement) => {
    await server.restart();
    return withConnection(server.url(database), signal, async (session) => {
      await planOf(session, statement);
      return runBlock(1, () => session.query(queryOf(statement)));
    });
  };
