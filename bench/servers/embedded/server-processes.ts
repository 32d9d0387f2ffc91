import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, signal } from '../../system/process-identity.ts';
import { listProcesses, type Process } from '../../system/process-table.ts';

/** The programs that a cluster is made and served by. */
const PROGRAMS = ['postgres', 'initdb'];

/** Where a server of ours keeps its cluster: the directory of its own, and the cluster in it. */
export const homeIn = (directory: string): string => join(directory, 'server');
export const clusterIn = (directory: string): string => join(homeIn(directory), 'data');

/** Every process of PostgreSQL's, and the directories that it may be the server of. */
export async function listServers(): Promise<{ process: Process; directories: string[] }[]> {
  const servers = (await listProcesses()).filter(({ program }) => PROGRAMS.includes(program));
  return servers.map((process) => ({ process, directories: clustersOf(process).map(directoryOf) }));
}

const directoryOf = (cluster: string): string => dirname(dirname(cluster));

/**
 * The clusters of a process, by what only its starter decides: a session works where its server does, whatever the
 * names in its title are. Nothing but a whole argument counts.
 */
function clustersOf({ arguments: words, workingDirectory }: Process): string[] {
  const named = words[words.indexOf('-D') + 1] ?? '';
  const made = words.find((word) => word.startsWith('--pgdata='))?.slice('--pgdata='.length) ?? '';
  return [workingDirectory, ...(words.includes('-D') ? [named] : []), made];
}

/** The processes of a directory's server that run as one of these users, with all that they have started. */
export async function processesOf(directory: string, uids: readonly number[]): Promise<Process[]> {
  const all = (await listProcesses()).filter(({ uid }) => uid !== undefined && uids.includes(uid));
  const isServer = (process: Process): boolean =>
    PROGRAMS.includes(process.program) && clustersOf(process).includes(clusterIn(directory));
  const found = all.filter(isServer);
  for (const { pid } of found)
    found.push(...all.filter((process) => process.parent === pid && !found.includes(process)));
  return found;
}

/**
 * Ends the processes of a directory's server: a fast shutdown, and what is left after that at once.
 *
 * @returns how many there were
 */
export async function endProcesses(directory: string, uids: readonly number[]): Promise<number> {
  const found = await processesOf(directory, uids);
  // Of a server, only the first process may be asked: the others take the same signal for something else.
  const first = found.filter(({ parent }) => !found.some(({ pid }) => pid === parent));
  await end(first, 'SIGINT', 30_000);
  await end([...found, ...(await processesOf(directory, uids))], 'SIGKILL', 5_000);
  return found.length;
}

async function end(processes: readonly Process[], name: NodeJS.Signals, patienceMs: number): Promise<void> {
  for (const { identity } of processes) signal(identity, name);
  const deadline = Date.now() + patienceMs;
  while (processes.some(({ identity }) => isRunning(identity)) && Date.now() < deadline) await sleep(20);
}
