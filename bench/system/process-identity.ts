import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Identifies a process among all that have, had or will have its number: the number, its start (clock ticks since
 * boot, proc(5)) and the namespace of the number. Without /proc, the number alone.
 */
export function processIdentity(pid: number): string {
  return `${pid}-${statOf(pid)?.startTicks ?? '0'}-${namespace()}`;
}

/** Whether the process runs; undefined where that cannot be determined from here. */
export function isRunning(identity: string): boolean | undefined {
  const [pid, , space] = identity.split('-');
  if (space !== namespace()) return undefined;
  return isAlive(Number(pid)) && processIdentity(Number(pid)) === identity;
}

/**
 * Sends a signal to the process, and never to a later one with the same number.
 *
 * @throws when it belongs to another user
 */
export function signal(identity: string, name: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(Number(identity.split('-')[0]), name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The number of the process's parent. */
export const parentOf = (pid: number): number | undefined => statOf(pid)?.parent;

function isAlive(pid: number): boolean {
  // An ended process keeps its number until its parent has read its status.
  if (['Z', 'X'].includes(statOf(pid)?.state ?? '')) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fields 3, 4 and 22 of /proc/<pid>/stat; the second, a name, may contain any characters. */
function statOf(pid: number): { state: string; parent: number; startTicks: string } | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const fields = afterName.split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), startTicks: fields[19] ?? '0' };
  } catch {
    return undefined;
  }
}

function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}
