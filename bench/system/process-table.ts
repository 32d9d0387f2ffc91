import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { parentOf, processIdentity } from './process-identity.ts';

/** A process of this machine, as far as this user may read it (proc(5)). */
export interface Process {
  pid: number;
  parent: number | undefined;
  identity: string;
  /** Its user; undefined once it has ended. */
  uid: number | undefined;
  /** The file name of its program; empty where this user may not know it. */
  program: string;
  arguments: readonly string[];
  workingDirectory: string;
}

/** Linux lists its processes; on other systems the list is empty. */
export const hasProcessTable = (): boolean => existsSync('/proc/self/stat');

export async function listProcesses(): Promise<Process[]> {
  const names = await readdir('/proc').catch(() => []);
  return Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => look(Number(name))));
}

async function look(pid: number): Promise<Process> {
  // Read first: if another process gets the number before the rest is read, its start time differs.
  const identity = processIdentity(pid);
  const [status, commandLine] = await Promise.all(
    ['status', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
  );
  const [program, workingDirectory] = await Promise.all(
    ['exe', 'cwd'].map((name) => readlink(`/proc/${pid}/${name}`).catch(() => '')),
  );
  const [, uid] = /^Uid:\t\d+\t(\d+)/m.exec(status ?? '') ?? [];
  return {
    pid,
    parent: parentOf(pid),
    identity,
    uid: uid === undefined ? undefined : Number(uid),
    program: basename((program ?? '').replace(/ \(deleted\)$/, '')),
    arguments: (commandLine ?? '').split('\0'),
    workingDirectory: workingDirectory ?? '',
  };
}
