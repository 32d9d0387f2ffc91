import type { Server } from '../database/server.ts';
import type { Warning } from '../model/outcome.ts';
import type { Scheduled, WriteItem } from '../model/work-item.ts';

/**
 * Groups the writes that share a pair of copies. On a server of ours each has its own. On somebody's server each dropped
 * copy costs a checkpoint: there the writes of a baseline share one, unless they spoil each other's rows. UPDATE comes
 * first, because an INSERT fills the gaps that make it HOT.
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
  remedy: 'measure on a server of your own, where each write has copies of its own',
});
