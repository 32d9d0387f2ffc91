import type { IndexEffect } from '../../model/ledger.ts';
import { chargedWrites } from './charged-writes.ts';
import { servedReads } from './served-reads.ts';
import type { Difference, Workload } from './workload.ts';

/** What one index changes, timed only where its plans or its counts differ. */
export const effectOf = async (difference: Difference, workload: Workload): Promise<IndexEffect> => ({
  reads: await servedReads(difference, workload),
  writes: await chargedWrites(difference, workload),
});
