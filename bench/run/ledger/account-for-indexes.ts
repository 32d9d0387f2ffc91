import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { withObserver } from '../observer.ts';
import type { Phases } from '../phases.ts';
import type { Session } from '../session.ts';
import { buildUnderLoad } from './builds.ts';
import { keepLedger } from './ledger.ts';

/**
 * Makes the account of each index of the candidate, on the first baseline of the run: on `shipped`, where the
 * migration would be applied, unless only the other one was asked for.
 */
export async function accountForIndexes(
  arm: BaselineArms,
  items: { reads: readonly ReadItem[]; writes: readonly WriteItem[] },
  session: Omit<Session, 'observer'>,
  { phases }: { phases: Phases },
): Promise<void> {
  const { baseline, databases, built } = arm;
  const measured = session.record.measuredReads(baseline);
  const reads = items.reads.filter(({ id }) => measured.has(id));
  const builds = await phases.during(
    'builds',
    () => buildUnderLoad(arm, items.writes, session),
    ({ byIndex }) => `${byIndex.size} indexes, plainly and concurrently, while their tables were written to`,
  );
  await phases.during(
    'ledger',
    () =>
      withObserver(session, (observer) => {
        const workload = { session: { ...session, observer }, baseline, reads, writes: items.writes };
        return keepLedger({ databases, built, builds, workload });
      }),
    () => `${built.length} indexes, each alone and as the last one`,
  );
}
