import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Server } from '../database/server.ts';
import type { Environment } from '../model/run.ts';

const run = promisify(execFile);

export type Pinning = Environment['pinning'];

/**
 * Runs `use` with this process and the server confined to one core, the last one: what passes between client and
 * server then never waits for another core to wake. Sessions opened meanwhile inherit it from the server's first
 * process; its other processes stay where they were. Where it cannot be done, `use` runs all the same and learns why.
 */
export async function withPinning<T>(
  { processId }: Pick<Server, 'processId'>,
  use: (pinning: Pinning) => Promise<T>,
): Promise<T> {
  const core = availableCores - 1;
  const pinned: Pinned[] = [];
  try {
    return await use(await pin(core, processId, pinned));
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

async function pin(core: number, server: number | undefined, pinned: Pinned[]): Promise<Pinning> {
  if (server === undefined)
    return { state: 'unpinned', reason: 'the server is not ours to confine to a core' };
  try {
    for (const pid of [process.pid, server]) {
      const allowed = (await taskset(['-cp', String(pid)])).split(':').at(-1)?.trim() ?? '';
      await taskset(['-acp', String(core), String(pid)]);
      pinned.push({ pid, allowed });
    }
    return { state: 'pinned', core };
  } catch (error) {
    await unpin(pinned);
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { state: 'unpinned', reason: missing ? 'taskset is missing' : (error as Error).message };
  }
}

const taskset = async (args: string[]): Promise<string> => (await run('taskset', args)).stdout;
