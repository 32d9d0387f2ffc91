import { performance } from 'node:perf_hooks';
import { randomFor } from '../../seed/random.ts';
import { counted } from '../format/quantity.ts';
import type { BaselineArms } from './arms.ts';
import { Budget } from './budget.ts';
import { chosenItems, unmeasuredExtent } from './chosen-items.ts';
import { accountForIndexes } from './indexes/account-for-indexes.ts';
import { measureCanaries } from './items/canaries.ts';
import { measureColdReads } from './items/cold-reads.ts';
import { measureConcurrency } from './items/concurrent-writers.ts';
import { measureReads } from './items/reads.ts';
import { measureWrites } from './items/writes.ts';
import { nothingMeasured } from './measured.ts';
import { withObserver } from './observer.ts';
import type { RunRequest } from './run-request.ts';
import type { ItemSite, RunSite } from './sites.ts';

/** Measures every chosen item on every baseline: all reads first, then the writes. */
export async function measureAll(
  request: RunRequest,
  arms: readonly BaselineArms[],
  site: RunSite,
): Promise<void> {
  const chosen = chosenItems(request);
  const { reads, writes, bufferCold, concurrent, canaries } = chosen;
  const whole = unmeasuredExtent(chosen, request.baselines, nothingMeasured());
  const { units, shares } = unmeasuredExtent(chosen, request.baselines, site.state.measured);
  const seconds = (request.budgetSeconds * shares) / whole.shares;
  const rows = new Map(site.state.dataset.tables.map((load) => [load.table, load.rows]));
  const itemSite: ItemSite = {
    ...site,
    workload: request.workload,
    units,
    budget: new Budget(seconds, shares, () => performance.now()),
    randomFor: (purpose) => randomFor(request.seed, purpose),
    rowsOf: (table) => rows.get(table) ?? 0,
  };
  const end = site.phases.begin('measure');
  await withObserver(site, async (observer) => {
    const observedSite = { ...itemSite, observer };
    for (const arm of arms) {
      await measureReads(arm, reads, observedSite);
      await measureCanaries(arm, canaries.reads, observedSite);
    }
    for (const arm of arms) {
      await measureWrites(arm, writes, observedSite);
      await measureCanaries(arm, canaries.writes, observedSite);
    }
  });
  await measureColdReads(arms, bufferCold, itemSite);
  const [first] = arms;
  if (concurrent && first) await measureConcurrency(first, concurrent, itemSite);
  end(
    `${counted(reads.length, 'read')} and ${counted(writes.length, 'write')} on ${arms.map(({ baseline }) => baseline).join(' and ')}`,
  );
  if (request.workload === 'full' && first)
    await accountForIndexes(first, { reads, writes }, request.suite.opportunities, itemSite);
}
