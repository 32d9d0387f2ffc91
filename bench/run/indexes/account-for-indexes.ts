import { counted } from '../../format/quantity.ts';
import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { holds } from '../measured.ts';
import { withObserver } from '../observer.ts';
import type { Phases } from '../phases.ts';
import type { Session } from '../session.ts';
import type { Opportunity } from '../../suite/opportunity.ts';
import { measureOpportunities } from './opportunities.ts';
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
  { phases, opportunities }: { phases: Phases; opportunities: readonly Opportunity[] },
): Promise<void> {
  const { baseline, databases, built } = arm;
  const { measured } = session.record;
  const reads = items.reads.filter((item) => holds(measured.reads, { item, baseline }));
  const builds = await phases.during(
    'builds',
    () => buildUnderLoad(arm, items.writes, session),
    ({ byIndex }) =>
      `${counted(byIndex.size, 'index', 'indexes')}, plainly and concurrently, while their tables were written to`,
  );
  await withObserver(session, async (observer) => {
    const workload = { session: { ...session, observer }, baseline, reads, writes: items.writes };
    await phases.during(
      'ledger',
      () => keepLedger({ databases, built, builds, workload }),
      () => `${counted(built.length, 'index', 'indexes')}, each alone and as the last one`,
    );
    await phases.during(
      'later',
      () => measureOpportunities(opportunities, arm, workload),
      () => counted(opportunities.length, 'opportunity', 'opportunities'),
    );
  });
}
