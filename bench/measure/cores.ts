import { readFileSync } from 'node:fs';

/**
 * The cores that a process may run on, whoever has confined it: taskset, a cpuset, a container.
 *
 * @returns a list as the kernel writes it, such as `0-3,8`; undefined where it does not tell
 */
export function allowedCores(pid: number): string | undefined {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** The numbers in a list of the kernel's (cpuset(7), "List format"), ascending. */
export function parseCores(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
