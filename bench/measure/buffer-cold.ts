import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import { ItemError } from '../model/errors.ts';
import type { Timed } from '../model/measurement.ts';
import { runBlock } from './block.ts';
import { measurePairs, type RunArm, type Timing } from './pairs.ts';
import { sessionFor, type Sessions } from './sessions.ts';
import { queryOf, type Statement } from './statement.ts';

/**
 * Times a read on both arms with nothing of its database in shared buffers. Every block is one execution: the
 * second would find what the first has read. The operating system may still hold the files: this is no cold disk.
 *
 * @throws ItemError where the server cannot empty its buffers
 */
export async function measureBufferCold(
  statement: Statement,
  sessions: PerArm<Sessions>,
  timing: Timing,
): Promise<Timed> {
  const { connection } = timing.observer;
  await enableEviction(connection);
  const query = queryOf(statement);
  const runner = (arm: Arm): RunArm => {
    const database = sessions[arm][0].database ?? '';
    return async (pair) => {
      const session = sessionFor(sessions, arm, pair);
      await session.query(query);
      await connection.query(EVICT, [database]);
      return runBlock(1, () => session.query(query));
    };
  };
  return measurePairs({ before: runner('before'), after: runner('after') }, timing);
}

/** Nothing is written to the arms for it: buffers of every database can be evicted from any. */
const EVICT = `
  SELECT count(pg_buffercache_evict(bufferid)) FROM pg_buffercache
  WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = $1)`;

async function enableEviction(connection: Connection): Promise<void> {
  await connection.query('CREATE EXTENSION IF NOT EXISTS pg_buffercache');
  const { rows } = await connection.query("SELECT FROM pg_proc WHERE proname = 'pg_buffercache_evict'");
  if (rows.length === 0)
    throw new ItemError(
      'this server cannot empty its shared buffers: pg_buffercache does so from PostgreSQL 17 on',
    );
}
