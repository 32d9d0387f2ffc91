import type { Server } from '../database/server.ts';
import type { Warning } from '../model/outcome.ts';
import type { Scheduled, WriteItem } from '../model/work-item.ts';
import type { ChosenItems } from './chosen-items.ts';
import { READING_SESSIONS } from './items/reads.ts';

/**
 * Groups the writes that are counted on the same pair of copies: on a server of ours those that are also timed together. On
 * somebody's server each dropped copy costs a checkpoint: there the writes of a baseline share one, unless they spoil each other's
 * rows. UPDATE comes first, because an INSERT fills the gaps that make it HOT.
 */
export function copyGroups<Write extends Pick<Scheduled<WriteItem>, 'item'>>(
  writes: readonly Write[],
  { isOurs }: Pick<Server, 'isOurs'>,
): Write[][] {
  if (isOurs) return timedTogether(writes);
  const updates = writes.filter(({ item }) => item.operation === 'UPDATE');
  const inserts = firstOfEachTable(writes.filter(({ item }) => item.operation === 'INSERT'));
  const shared = [...updates, ...inserts];
  const alone = writes.filter((write) => !shared.includes(write));
  return [...(shared.length > 0 ? [shared] : []), ...alone.map((write) => [write])];
}

/**
 * Groups the writes that are timed on the same pair of copies: each on a table of its own, where an INSERT cannot fill the gaps that
 * make an UPDATE HOT. A DELETE takes the rows that others write to: it is alone.
 */
export function timedTogether<Write extends Pick<Scheduled<WriteItem>, 'item'>>(
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

/** How many copies of a baseline's arms are timed on, all rounds long, where all of them can exist. */
export const copiesOf = (chosen: Pick<ChosenItems, 'writes' | 'canaries'>): number =>
  Math.max(2, (chosen.canaries.reads.length > 0 ? 2 : 0) + writingSessions(chosen));

/** Sessions on a baseline's arms and their copies in a round, where all of them can exist. */
export function sessionsInRound(chosen: Pick<ChosenItems, 'reads' | 'writes' | 'canaries'>): number {
  const reading = [chosen.reads, chosen.canaries.reads].filter(({ length }) => length > 0).length;
  return READING_SESSIONS * reading + writingSessions(chosen);
}

/** One on each copy that is written to. */
function writingSessions({ writes, canaries }: Pick<ChosenItems, 'writes' | 'canaries'>): number {
  const pairsFor = (items: readonly WriteItem[]): number =>
    timedTogether(items.map((item) => ({ item }))).length;
  return 2 * (pairsFor(writes) + pairsFor(canaries.writes));
}

/** Two writes that add rows to one table may generate the same keys. */
const firstOfEachTable = <Write extends Pick<Scheduled<WriteItem>, 'item'>>(
  writes: readonly Write[],
): Write[] =>
  writes.filter(
    ({ item }, position) => writes.findIndex((other) => other.item.table === item.table) === position,
  );

export const sharedCopies = (writes: number): Warning => ({
  code: 'shared-copies',
  cause: `${writes} writes of a baseline shared their copies: to all but the first, the others have already written there`,
  remedy: 'measure on a server of your own, where none writes to the table of another',
});
