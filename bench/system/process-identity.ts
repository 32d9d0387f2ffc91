import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells a process from all others that have had, or will have, its number: the number, when it started (clock
 * ticks since boot, proc(5)) and the namespace in which the number counts. Where there is no /proc, the number alone.
 */
export function processIdentity(pid: number): string {
  return `${pid}-${statOf(pid)?.startTicks ?? '0'}-${namespace()}`;
}

/** Whether the process of an identity runs; undefined where that cannot be told from here. */
export function isRunning(identity: string): boolean | undefined {
  const [pid, , space] = identity.split('-');
  if (space !== namespace()) return undefined;
  return isAlive(Number(pid)) && processIdentity(Number(pid)) === identity;
}

/**
 * Sends a signal to the process of an identity, and to none that has got its number since.
 *
 * @throws when it belongs to somebody else
 */
export function signal(identity: string, name: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(Number(identity.split('-')[0]), name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The number of the process that a process was started by, or was left to. */
export const parentOf = (pid: number): number | undefined => statOf(pid)?.parent;

function isAlive(pid: number): boolean {
  // What has ended keeps its number until somebody asks how.
  if (['Z', 'X'].includes(statOf(pid)?.state ?? '')) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fields 3, 4 and 22 of /proc/<pid>/stat; the second, a name, may hold anything. */
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
