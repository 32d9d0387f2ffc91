import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Connection } from '../database/connection.ts';
import type { Environment } from '../model/run.ts';

const run = promisify(execFile);

export type Pinning = Environment['pinning'];

/**
 * Runs `use` with this process and the server confined to one core, the last one: what passes between client and
 * server then never waits for another core to wake. Sessions opened meanwhile inherit it from the server's first
 * process; its other processes stay where they were. Where it cannot be done, `use` runs all the same and learns why.
 *
 * @param session any, to find the server by
 */
export async function withPinning<T>(session: Connection, use: (pinning: Pinning) => Promise<T>): Promise<T> {
  const core = availableCores - 1;
  const pinned: Pinned[] = [];
  try {
    return await use(await pin(core, session, pinned));
  } finally {
    await unpin(pinned);
  }
}

interface Pinned {
  pid: number;
  /** The cores that it could run on before. */
  allowed: string;
}

async function unpin(pinned: Pinned[]): Promise<void> {
  for (const { pid, allowed } of pinned.splice(0))
    await taskset(['-acp', allowed, String(pid)]).catch(() => undefined);
}

/** Read once: while we are pinned, the answer would be 1. */
const availableCores = availableParallelism();

async function pin(core: number, session: Connection, pinned: Pinned[]): Promise<Pinning> {
  try {
    for (const pid of [process.pid, await serverPid(session)]) {
      const allowed = (await taskset(['-cp', String(pid)])).split(':').at(-1)?.trim() ?? '';
      await taskset(['-acp', String(core), String(pid)]);
      pinned.push({ pid, allowed });
    }
    return { state: 'pinned', core };
  } catch (error) {
    await unpin(pinned);
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { state: 'unpinned', reason: missing ? 'taskset or /proc is missing' : (error as Error).message };
  }
}

/** The process that all sessions are forked from: the parent of this session's. */
async function serverPid(session: Connection): Promise<number> {
  const { rows } = await session.query<{ pid: string }>('SELECT pg_backend_pid() AS pid');
  const status = await readFile(`/proc/${rows[0]?.pid ?? ''}/status`, 'utf8');
  return Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1]);
}

const taskset = async (args: string[]): Promise<string> => (await run('taskset', args)).stdout;
