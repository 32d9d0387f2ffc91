import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../../model/errors.ts';
import { isAlive, isRunning, processIdentity } from './process-identity.ts';

/** The directory of an embedded server. Its name says which process made it, so that there is no moment without an owner. */
export interface ServerDirectory {
  path: string;
  /** `orphaned`: its process has ended without removing it. */
  state: 'in use' | 'kept' | 'orphaned';
}

const NAME = /^index-impact-(\d+-\d+-\d+)-\w{6}$/;
const KEPT = 'kept';

/** Makes a directory that this process owns. */
export async function makeServerDirectory(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), `index-impact-${processIdentity(process.pid)}-`));
  } catch (cause) {
    throw new RunError(`No directory for the server could be made in ${tmpdir()}`, {
      detail: (cause as Error).message,
      remedy: 'Free space there, or name another place in TMPDIR.',
      cause,
    });
  }
}

/** Notes that a server is to outlive its process. */
export const keepServerDirectory = (directory: string): Promise<void> => writeFile(join(directory, KEPT), '');

/** Those of this user below the temporary directory. */
export async function listServerDirectories(): Promise<ServerDirectory[]> {
  const found: ServerDirectory[] = [];
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    const state = NAME.test(name) && (await isOurs(path)) ? stateOf(path) : undefined;
    if (state) found.push({ path, state });
  }
  return found;
}

/** Anybody may make a directory with such a name: only our own are trusted. */
const isOurs = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory() && found.uid === process.getuid?.(),
    () => false,
  );

function stateOf(path: string): ServerDirectory['state'] | undefined {
  if (existsSync(join(path, KEPT))) return 'kept';
  const runs = isRunning(NAME.exec(basename(path))?.[1] ?? '');
  return runs === undefined ? undefined : runs ? 'in use' : 'orphaned';
}

/** Ends the servers that killed processes have left behind, and removes their directories. */
export async function removeOrphans(): Promise<void> {
  for (const { path, state } of await listServerDirectories())
    if (state === 'orphaned') await removeServer(path);
}

/** Ends the processes of a server, politely at first, and removes its directory. */
export async function removeServer(directory: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const pids = await serverProcesses(directory);
    for (const pid of pids) process.kill(pid, signal);
    for (let waits = 0; waits < 100 && pids.some(isAlive); waits++) await sleep(100);
  }
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

const PROGRAMS = ['postgres', 'initdb'];

/** Processes of PostgreSQL's programs that were started for this directory. */
async function serverProcesses(directory: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const isServer = async (pid: string): Promise<boolean> => {
    const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return PROGRAMS.includes(basename(program)) && line.includes(`${directory}/`);
  };
  const found = await Promise.all(pids.map(async (pid) => ((await isServer(pid)) ? [Number(pid)] : [])));
  return found.flat();
}
