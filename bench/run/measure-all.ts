import { counted } from '../format/quantity.ts';
import type { BaselineArms } from './arms.ts';
import { chosenItems, type ChosenItems } from './chosen-items.ts';
import { accountForIndexes } from './indexes/account-for-indexes.ts';
import { demandOf } from './indexes/demand.ts';
import { canaryGroups } from './items/canaries.ts';
import { measureColdReads } from './items/cold-reads.ts';
import { measureConcurrency } from './items/concurrent-writers.ts';
import { examineReads, readGroup } from './items/reads.ts';
import { writeGroups } from './items/writes.ts';
import { measureLongRun } from './long-run/long-run.ts';
import { onOneCore, withObservers } from './observer.ts';
import { measureGroups } from './rounds/measure-groups.ts';
import type { RunRequest } from './run-request.ts';
import { notePlansApart } from './two-servers/compare-plans.ts';
import { aloneOn, itemSiteOf, type ItemSite, type ObservedSite, type RunSite } from './sites.ts';

/** Measures every chosen item on every baseline: first what is not timed, then times in rounds, then what needs the server alone. */
export async function measureAll(
  request: RunRequest,
  arms: readonly BaselineArms[],
  site: RunSite,
): Promise<void> {
  const chosen = chosenItems(request);
  const { reads } = chosen;
  const itemSite = itemSiteOf(request, site);
  await withObservers(itemSite, async (observed) => {
    await site.phases.during(
      'examine',
      () =>
        onOneCore(observed, (pinned) =>
          forEach(arms, async (arm) => {
            await examineReads(arm, reads, aloneOn(pinned, pinned.server));
            await notePlansApart(arm, pinned);
          }),
        ),
      () => `plans and answers of ${counted(reads.length, 'read')}`,
    );
    await measureInRounds(arms, chosen, request.budgetSeconds, observed);
  });
  await measureAlone(request, arms, aloneOn(itemSite, site.server));
}

/**
 * What empties caches, loads all cores, or makes an index after the other: nothing else is measured meanwhile. Both arms are on
 * the same server.
 */
async function measureAlone(
  request: RunRequest,
  arms: readonly BaselineArms[],
  site: ItemSite,
): Promise<void> {
  const { suite, workload, mix, budgetSeconds } = request;
  const { reads, writes, bufferCold, concurrent, isLongRun } = chosenItems(request);
  await measureColdReads(arms, bufferCold, site);
  const first = arms.find(({ baseline }) => baseline === site.state.baselines[0]);
  if (!first) return;
  if (concurrent) await measureConcurrency(first, concurrent, site);
  if (isLongRun) await measureLongRun(first, { reads, writes, mix }, budgetSeconds, site);
  if (workload === 'full')
    await accountForIndexes(
      first,
      { reads, writes },
      { opportunities: suite.opportunities, demand: demandOf(request) },
      site,
    );
}

async function forEach(
  arms: readonly BaselineArms[],
  work: (arm: BaselineArms) => Promise<void>,
): Promise<void> {
  for (const arm of arms) await work(arm);
}

function measureInRounds(
  arms: readonly BaselineArms[],
  { reads, writes, canaries }: ChosenItems,
  seconds: number,
  site: ObservedSite,
): Promise<void> {
  const groups = arms.flatMap((arm) => [
    readGroup(arm, reads, site),
    ...writeGroups(arm, writes, site),
    ...canaryGroups(arm, canaries, site),
  ]);
  return measureGroups(groups, seconds, site);
}
