import type { Demand } from '../../analyse/ledger/hourly-worth.ts';
import { inPageCache } from '../../database/page-cache.ts';
import { counted } from '../../format/quantity.ts';
import type { ReadItem, WriteItem } from '../../model/work-item.ts';
import type { Opportunity } from '../../suite/suite.ts';
import type { BaselineArms } from '../arms.ts';
import { holds } from '../measured.ts';
import { withObservers } from '../observer.ts';
import type { ItemSite, ObservedSite } from '../sites.ts';
import { buildUnderLoad } from './builds.ts';
import { keepLedger } from './ledger.ts';
import { measureOpportunities } from './opportunities.ts';

/**
 * Makes the account of each index of the candidate on the first baseline of the run, with the statements that could be
 * measured. That is `shipped`, where the migration would be applied, unless only the other one was asked for.
 */
export async function accountForIndexes(
  arm: BaselineArms,
  items: { reads: readonly ReadItem[]; writes: readonly WriteItem[] },
  { opportunities, demand }: { opportunities: readonly Opportunity[]; demand: Demand | undefined },
  site: ItemSite,
): Promise<void> {
  const { baseline, databases, built } = arm;
  const { phases, state } = site;
  const reads = items.reads.filter((item) => holds(state.measured.reads, { item, baseline }));
  const writes = items.writes.filter((item) => holds(state.measured.writes, { item, baseline }));
  const builds = await phases.during(
    'builds',
    () => buildUnderLoad(arm, writes, site),
    ({ byIndex }) =>
      `${counted(byIndex.size, 'index', 'indexes')}, plainly and concurrently, while their tables were written to`,
  );
  await withObservers(site, (observed) =>
    withoutWaiting(observed, async () => {
      const indexSite = { ...observed, baseline, reads, writes };
      await phases.during(
        'ledger',
        () => keepLedger({ ...indexSite, databases, built, builds, demand }),
        () => `${counted(built.length, 'index', 'indexes')}, each alone and as the last one`,
      );
      await phases.during(
        'later',
        () => measureOpportunities(opportunities, arm, indexSite),
        () => counted(opportunities.length, 'opportunity', 'opportunities'),
      );
    }),
  );
}

/** The server's own times of a write leave the wait for the disk out: where they are taken, nothing has to wait for it. */
const withoutWaiting = ({ server, observer }: ObservedSite, use: () => Promise<void>): Promise<void> =>
  observer.readsStatementTimes ? inPageCache(server, use) : use();
