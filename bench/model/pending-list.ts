import type { PerArm } from './arm.ts';
import { ownBytes, type PendingList, type WriteCounters } from './counters.ts';

/** A pending list that is longer with the candidate than without it, and what it will cost for one execution. */
export interface AddedPendingList extends PendingList {
  /** That have filled it. */
  executions: number;
  /** Without full-page images, where these are known. */
  laterBytes: number;
}

/** What an execution will still have to pay for what is in a pending list: bytes of WAL. */
export const laterBytes = ({ wal }: PendingList, counters: WriteCounters): number =>
  ownBytes(wal) / filling(counters);

/** Both regimes fill the list, and execute as often. */
const filling = ({ executions }: WriteCounters): number => 2 * executions;

export const addedPendingLists = ({ before, after }: PerArm<WriteCounters>): AddedPendingList[] =>
  (after.pendingLists ?? [])
    .filter(({ index, pages }) => pages > pagesOf(index, before))
    .map((list) => ({ ...list, executions: filling(after), laterBytes: laterBytes(list, after) }));

const pagesOf = (index: string, { pendingLists = [] }: WriteCounters): number =>
  pendingLists.find((list) => list.index === index)?.pages ?? 0;
