import type { Server } from '../database/server.ts';
import type { Warning } from '../model/outcome.ts';
import type { Scheduled, WriteItem } from '../model/work-item.ts';

/**
 * Writes that share a pair of copies. On a server of ours none do. On somebody's each copy costs a checkpoint when it
 * is dropped: there, those of a baseline share one that do not spoil each other's rows. UPDATE comes first: it finds the
 * gaps that it needs to be HOT only as long as no INSERT has filled them.
 */
export function copyGroups<Write extends Pick<Scheduled<WriteItem>, 'item'>>(
  writes: readonly Write[],
  { isOurs }: Pick<Server, 'isOurs'>,
): Write[][] {
  if (isOurs) return writes.map((write) => [write]);
  const updates = writes.filter(({ item }) => item.operation === 'UPDATE');
  const inserts = firstOfEachTable(writes.filter(({ item }) => item.operation === 'INSERT'));
  const shared = [...updates, ...inserts];
  const alone = writes.filter((write) => !shared.includes(write));
  return [...(shared.length > 0 ? [shared] : []), ...alone.map((write) => [write])];
}

/** Two that add rows to one table may make up the same keys. */
const firstOfEachTable = <Write extends Pick<Scheduled<WriteItem>, 'item'>>(
  writes: readonly Write[],
): Write[] =>
  writes.filter(
    ({ item }, position) => writes.findIndex((other) => other.item.table === item.table) === position,
  );

export const sharedCopies = (writes: number): Warning => ({
  code: 'shared-copies',
  cause: `${writes} writes of a baseline shared their copies: to all but the first, the others have already written there`,
  remedy: 'measure on a server of your own, where each write has copies of its own',
});
