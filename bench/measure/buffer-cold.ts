import { withConnection } from '../database/connection.ts';
import { canEvict, evictPages } from '../database/evict.ts';
import type { Site } from '../database/server.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Timed } from '../model/measurement.ts';
import type { Block, Pair } from '../model/pair.ts';
import { runBlock } from './block.ts';
import { planOf } from './explain.ts';
import { measureArms, type MeasureArm, type Timing } from './pairs.ts';
import { queryOf, type Statement } from './statement.ts';

/**
 * Runs a statement once in a new session, with no page of its database in shared buffers. A second execution would
 * find the pages of the first. The operating system may still cache the files: the disk is not cold.
 */
export type RunCold = (database: string, statement: Statement) => Promise<Block>;

/**
 * Evicts the buffers where the server has a function for it (17 and later), and restarts the server elsewhere.
 *
 * @param database of our own, for the extension
 * @returns undefined on a server that lets us do neither
 */
export async function coldRunner(site: Site, database: string): Promise<RunCold | undefined> {
  const { server, signal } = site;
  if (await withConnection(server.admin(database), signal, canEvict)) return afterEviction(site, database);
  return server.restart && afterRestart(site, server.restart);
}

/** Times a read on both arms, in pairs of single executions. */
export async function measureBufferCold(
  statement: Statement,
  databases: PerArm<string>,
  runCold: RunCold,
  { order, enough }: Pick<Timing, 'order' | 'enough'>,
): Promise<Timed> {
  const runner =
    (arm: Arm): MeasureArm<Block> =>
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

/** Runs the statement once before, which fills the session's catalog caches. */
const afterEviction =
  ({ server, signal }: Site, own: string): RunCold =>
  (database, statement) =>
    withConnection(server.admin(own), signal, (admin) =>
      withConnection(server.owner(database), signal, async (session) => {
        await session.query(queryOf(statement));
        await evictPages(admin, [database]);
        return runBlock(1, () => session.query(queryOf(statement)));
      }),
    );

/** Plans the statement once before, which fills the session's catalog caches and reads no page of the tables. */
export const afterRestart =
  ({ server, signal }: Site, restart: () => Promise<void>): RunCold =>
  async (database, statement) => {
    await restart();
    return withConnection(server.owner(database), signal, async (session) => {
      await planOf(session, statement);
      return runBlock(1, () => session.query(queryOf(statement)));
    });
  };
