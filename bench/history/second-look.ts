import type { Gate } from '../model/gate.ts';
import type { Night, NightItem } from '../model/night.ts';

/** How many other items are measured beside those with findings: they show what the machine does to all. */
const OTHERS = 8;

/**
 * The items to measure a second time in the same night: those with outlying times, and some of the others. Empty
 * where that would not change the answer.
 */
export function itemsToConfirm(
  { findings, timing }: Pick<Gate, 'findings' | 'timing'>,
  { items }: Night,
): NightItem[] {
  if (timing.state !== 'judged') return [];
  const suspected = new Set(findings.filter(({ state }) => state === 'suspected').map(({ item }) => item));
  if (suspected.size === 0) return [];
  const timed = items.filter((item) => item.timed);
  const others = timed.filter(({ id }) => !suspected.has(id));
  return [...timed.filter(({ id }) => suspected.has(id)), ...spread(others, OTHERS)];
}

/** At most this many, evenly spaced. */
const spread = <T>(all: readonly T[], count: number): T[] => {
  const step = Math.ceil(all.length / count);
  return all.filter((_, position) => position % step === 0);
};
