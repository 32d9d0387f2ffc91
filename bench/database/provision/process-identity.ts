import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells a process from all others that have had, or will have, its number: the number, when it started (clock
 * ticks since boot, proc(5)) and the namespace in which the number counts. Where there is no /proc, the number alone.
 */
export function processIdentity(pid: number): string {
  return `${pid}-${startTicks(pid)}-${namespace()}`;
}

/** Whether the process of an identity runs; undefined where that cannot be told from here. */
export function isRunning(identity: string): boolean | undefined {
  const [pid, , space] = identity.split('-');
  if (space !== namespace()) return undefined;
  return isAlive(Number(pid)) && processIdentity(Number(pid)) === identity;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startTicks(pid: number): string {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    return afterName.split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}

function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}
