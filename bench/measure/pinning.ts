import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Connection } from '../database/connection.ts';
import type { Environment } from '../model/result.ts';

const run = promisify(execFile);

export type Pinning = Environment['pinning'];

/**
 * Runs `use` with this process and the sessions' server processes confined to one core, the last one: what
 * passes between client and server then never waits for another core to wake. Where that cannot be done, `use`
 * runs all the same and learns why.
 */
export async function withPinning<T>(
  connections: readonly Connection[],
  use: (pinning: Pinning) => Promise<T>,
): Promise<T> {
  const core = availableCores - 1;
  const allowed = await taskset(['-cp', String(process.pid)]).catch(() => undefined);
  const pinning = await pin(core, connections);
  try {
    return await use(pinning);
  } finally {
    const list = allowed?.split(':').at(-1)?.trim();
    if (list) await taskset(['-acp', list, String(process.pid)]).catch(() => undefined);
  }
}

/** Read once: while we are pinned, the answer would be 1. */
const availableCores = availableParallelism();

async function pin(core: number, connections: readonly Connection[]): Promise<Pinning> {
  try {
    for (const pid of [process.pid, ...(await Promise.all(connections.map(backendPid)))])
      await taskset(['-acp', String(core), String(pid)]);
    return { state: 'pinned', core };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { state: 'unpinned', reason: missing ? 'taskset is not installed' : (error as Error).message };
  }
}

async function backendPid(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ pid: string }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? '';
}

const taskset = async (args: string[]): Promise<string> => (await run('taskset', args)).stdout;
