import type { Connection } from '../database/connection.ts';
import { bytesOfIndex, cleanPendingList, listGinIndexes, type GinIndex } from '../database/pending-lists.ts';
import type { PendingList } from '../model/counters.ts';
import type { Observer } from './observer.ts';
import { watchLog } from './wal.ts';

/**
 * Empties the pending list of every GIN index in a session's database, and counts what that takes. Whoever does it
 * later pays for it: VACUUM, or the write that makes the list longer than `gin_pending_list_limit`.
 *
 * @returns the lists that were not empty
 */
export async function countPendingLists(observer: Observer, session: Connection): Promise<PendingList[]> {
  const lists: PendingList[] = [];
  for (const index of await listGinIndexes(session)) {
    const list = await countPendingList(index, observer, session);
    if (list.pages > 0) lists.push(list);
  }
  return lists;
}

async function countPendingList(
  index: GinIndex,
  observer: Observer,
  session: Connection,
): Promise<PendingList> {
  const rows = await observer.pendingRows?.(session.database ?? '', index);
  const bytes = await bytesOfIndex(session, index);
  const traffic = await watchLog(observer, session);
  const pages = await cleanPendingList(session, index);
  const { wal } = await traffic();
  const growthBytes = (await bytesOfIndex(session, index)) - bytes;
  return { index: index.name, pages, ...(rows !== undefined && { rows }), wal, growthBytes };
}
