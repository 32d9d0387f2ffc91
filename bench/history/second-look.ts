import type { Gate } from '../model/gate.ts';
import type { Night, NightItem } from '../model/night.ts';

/** How many others are measured beside those that are off, to tell what the machine does to all of them. */
const OTHERS = 8;

/**
 * The items whose times are off, and some of all kinds that are not, to be measured a second time in the same night;
 * none where that would not change the answer.
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

/** So many of them at most, in equal distances. */
const spread = <T>(all: readonly T[], count: number): T[] => {
  const step = Math.ceil(all.length / count);
  return all.filter((_, position) => position % step === 0);
};
