import { readFile } from 'node:fs/promises';

/** Clock ticks of one core, or of all, since the machine was started. */
interface Ticks {
  all: number;
  stolen: number;
}

/** user, nice, system, idle, iowait, irq, softirq, steal. The fields after them are already in user and nice. */
const FIELDS = 8;

/**
 * Reads the ticks out of /proc/stat (proc(5)).
 *
 * @param core undefined: all cores together
 * @returns undefined where the text has no such line, or the line does not tell what was stolen
 */
export function parseTicks(text: string, core?: number): Ticks | undefined {
  const [, line] = new RegExp(`^cpu${core ?? ''} +([\\d ]+)$`, 'm').exec(text) ?? [];
  const ticks = (line ?? '').trim().split(' ').slice(0, FIELDS).map(Number);
  if (ticks.length < FIELDS) return undefined;
  return { all: ticks.reduce((sum, one) => sum + one, 0), stolen: ticks[FIELDS - 1] ?? 0 };
}

/** The ticks until now; undefined where the kernel does not tell. */
export const readTicks = async (core?: number): Promise<Ticks | undefined> =>
  parseTicks(await readFile('/proc/stat', 'utf8').catch(() => ''), core);

/** The share of the time between these two that the hypervisor gave to others; undefined where it is not known. */
export function stealShare(from: Ticks | undefined, to: Ticks | undefined): number | undefined {
  if (!from || !to || to.all <= from.all) return undefined;
  return Math.min(1, Math.max(0, (to.stolen - from.stolen) / (to.all - from.all)));
}
