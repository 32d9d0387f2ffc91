import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { parentOf, processIdentity } from './process-identity.ts';

/** A process of this machine, as far as this user may look at it (proc(5)). */
export interface Process {
  pid: number;
  parent: number | undefined;
  identity: string;
  /** Whose rights it has; undefined once it has ended. */
  uid: number | undefined;
  /** The name of its program's file; empty where that may not be known. */
  program: string;
  arguments: readonly string[];
  workingDirectory: string;
}

/** Linux shows its processes; elsewhere nothing is known of them. */
export const hasProcessTable = (): boolean => existsSync('/proc/self/stat');

export async function listProcesses(): Promise<Process[]> {
  const names = await readdir('/proc').catch(() => []);
  return Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => look(Number(name))));
}

async function look(pid: number): Promise<Process> {
  // First: should its number be another's by the time the rest is read, it is the other that is not found again.
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
