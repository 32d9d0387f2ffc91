import type { Scheduled, WriteItem } from '../model/work-item.ts';
import type { ChosenItems } from './chosen-items.ts';
import { READING_SESSIONS } from './items/reads.ts';

/**
 * Groups the writes that are counted and timed on the same pair of copies: each on a table of its own, where an INSERT cannot fill
 * the gaps that make an UPDATE HOT. A DELETE takes the rows that others write to: it is alone.
 */
export function together<Write extends Pick<Scheduled<WriteItem>, 'item'>>(
  writes: readonly Write[],
): Write[][] {
  const groups: Write[][] = [];
  for (const write of writes) {
    const group = groups.find((others) => others.every((other) => areApart(other.item, write.item)));
    if (group) group.push(write);
    else groups.push([write]);
  }
  return groups;
}

const areApart = (one: WriteItem, other: WriteItem): boolean =>
  one.table !== other.table && one.operation !== 'DELETE' && other.operation !== 'DELETE';

/** How many copies of a baseline's arms are written to, all rounds long, where all of them can exist. */
export const copiesOf = (chosen: Pick<ChosenItems, 'writes' | 'canaries'>): number =>
  Math.max(2, (chosen.canaries.reads.length > 0 ? 2 : 0) + writingSessions(chosen));

/** Sessions on a baseline's arms and their copies in a round, where all of them can exist. */
export function sessionsInRound(chosen: Pick<ChosenItems, 'reads' | 'writes' | 'canaries'>): number {
  const reading = [chosen.reads, chosen.canaries.reads].filter(({ length }) => length > 0).length;
  return READING_SESSIONS * reading + writingSessions(chosen);
}

/** One on each copy that is written to. */
function writingSessions({ writes, canaries }: Pick<ChosenItems, 'writes' | 'canaries'>): number {
  const pairsFor = (items: readonly WriteItem[]): number => together(items.map((item) => ({ item }))).length;
  return 2 * (pairsFor(writes) + pairsFor(canaries.writes));
}
