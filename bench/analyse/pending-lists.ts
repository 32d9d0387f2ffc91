import { bytes, counted } from '../format/quantity.ts';
import type { PerArm } from '../model/arm.ts';
import type { WriteCounters } from '../model/counters.ts';
import type { Warning } from '../model/outcome.ts';
import { addedPendingLists, type AddedPendingList } from '../model/pending-list.ts';

/** Warns of each GIN index of the candidate that has not taken in what was written: neither time nor WAL of it shows that. */
export const pendingListWarnings = (counters: PerArm<WriteCounters> | undefined): Warning[] =>
  counters ? addedPendingLists(counters).map(warningOn) : [];

const warningOn = ({ index, pages, executions, laterBytes }: AddedPendingList): Warning => ({
  code: 'pending-list',
  cause: `${counted(executions, 'execution')} left ${counted(pages, 'page')} in the pending list of ${index}: reads scan all of it, and moving it into the index logs ${bytes(Math.round(laterBytes))} more for each execution`,
  remedy:
    'add that to the WAL of this write: VACUUM pays it, or the write that makes the list longer than gin_pending_list_limit; with (fastupdate = off) every write pays its share at once',
});
