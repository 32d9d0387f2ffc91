import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listProcesses } from '../system/process-table.ts';
import type { Server } from '../database/server.ts';
import type { Environment } from '../model/run.ts';
import { readFileSync } from 'node:fs';

const run = promisify(execFile);

export type Pinning = Environment['pinning'];

/**
 * Runs `use` with this process and the server pinned to one core, the last that both may use: messages between client
 * and server then never wait for another core to wake. Sessions opened meanwhile inherit the pinning from the
 * postmaster; its other processes stay where they were. Where pinning is not possible, `use` runs anyway and gets the
 * reason.
 */
export async function withPinning<T>(
  server: Pick<Server, 'processId'>,
  use: (pinning: Pinning) => Promise<T>,
): Promise<T> {
  const before = allowedLists(server);
  if ('reason' in before) return use({ state: 'unpinned', reason: before.reason });
  try {
    return await use(await pin(before, server));
  } finally {
    await unpin(before, server);
  }
}

/** The cores that each process could run on before, as the kernel writes them. */
interface Allowed {
  harness: string;
  server: string;
}

function allowedLists({ processId }: Pick<Server, 'processId'>): Allowed | { reason: string } {
  if (processId === undefined) return { reason: 'the server is not ours to confine to a core' };
  const harness = allowedCores(process.pid);
  const server = allowedCores(processId);
  if (harness === undefined || server === undefined)
    return { reason: 'this system does not report which cores a process may use' };
  return { harness, server };
}

async function pin({ harness, server }: Allowed, { processId }: Pick<Server, 'processId'>): Promise<Pinning> {
  const core = parseCores(harness).findLast((one) => parseCores(server).includes(one));
  if (core === undefined)
    return {
      state: 'unpinned',
      reason: `harness (cores ${harness}) and server (${server}) have no core in common`,
    };
  try {
    const pids = [process.pid, Number(processId)];
    for (const pid of pids) await confine(pid, String(core));
    return pids.every((pid) => allowedCores(pid) === String(core))
      ? { state: 'pinned', core }
      : { state: 'unpinned', reason: 'taskset did not confine them' };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { state: 'unpinned', reason: missing ? 'taskset is missing' : (error as Error).message };
  }
}

/** All processes of a server that was restarted meanwhile were started by us, and are confined as we were. */
async function unpin({ harness, server }: Allowed, { processId }: Pick<Server, 'processId'>): Promise<void> {
  await confine(process.pid, harness).catch(() => undefined);
  if (processId === undefined) return;
  await confine(processId, server).catch(() => undefined);
  // From here on, children begin with its cores. Some may have ended.
  for (const pid of await childrenOf(processId)) await confine(pid, server).catch(() => undefined);
}

/** All threads of a process. */
const confine = (pid: number, cores: string): Promise<unknown> =>
  run('taskset', ['-acp', cores, String(pid)]);

async function childrenOf(parent: number): Promise<number[]> {
  const processes = await listProcesses();
  return processes.filter((one) => one.parent === parent).map(({ pid }) => pid);
}

/**
 * The cores that a process may run on, whether taskset, a cpuset or a container has confined it.
 *
 * @returns a list as the kernel writes it, such as `0-3,8`; undefined where the kernel does not say
 */
export function allowedCores(pid: number): string | undefined {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** The numbers in one of the kernel's lists (cpuset(7), "List format"), ascending. */
export function parseCores(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
