import { performance } from 'node:perf_hooks';
import { randomFor } from '../../seed/random.ts';
import { counted } from '../format/quantity.ts';
import type { BaselineArms } from './arms.ts';
import { Budget } from './budget.ts';
import { chosenItems, extentLeft } from './chosen-items.ts';
import { accountForIndexes } from './indexes/account-for-indexes.ts';
import { measureCanaries } from './items/canaries.ts';
import { measureColdReads } from './items/cold-reads.ts';
import { measureConcurrency } from './items/concurrent-writers.ts';
import { measureReads } from './items/reads.ts';
import { measureWrites } from './items/writes.ts';
import { nothingMeasured } from './measured.ts';
import { withObserver } from './observer.ts';
import type { Phases } from './phases.ts';
import type { RunRequest } from './run-request.ts';
import type { Session } from './session.ts';

/** Measures every chosen item on every baseline: all reads first, because writes leave their arms changed. */
export async function measureAll(
  request: RunRequest,
  arms: readonly BaselineArms[],
  context: Pick<Session, 'server' | 'signal' | 'record' | 'progress'> & { phases: Phases },
): Promise<void> {
  const chosen = chosenItems(request);
  const { reads, writes, bufferCold, concurrent, canaries } = chosen;
  const whole = extentLeft(chosen, request.baselines, nothingMeasured());
  const { units, shares } = extentLeft(chosen, request.baselines, context.record.measured);
  const seconds = (request.budgetSeconds * shares) / whole.shares;
  const rows = new Map(context.record.dataset.tables.map((load) => [load.table, load.rows]));
  const session: Omit<Session, 'observer'> = {
    ...context,
    workload: request.workload,
    total: units,
    budget: new Budget(seconds, shares, () => performance.now()),
    randomFor: (purpose) => randomFor(request.seed, purpose),
    rowsOf: (table) => rows.get(table) ?? 0,
  };
  const end = context.phases.begin('measure');
  await withObserver(context, async (observer) => {
    const observed = { ...session, observer };
    for (const arm of arms) {
      await measureReads(arm, reads, observed);
      await measureCanaries(arm, canaries.reads, observed);
    }
    for (const arm of arms) {
      await measureWrites(arm, writes, observed);
      await measureCanaries(arm, canaries.writes, observed);
    }
  });
  await measureColdReads(arms, bufferCold, session);
  const [first] = arms;
  if (concurrent && first) await measureConcurrency(first, concurrent, session);
  end(
    `${counted(reads.length, 'read')} and ${counted(writes.length, 'write')} on ${arms.map(({ baseline }) => baseline).join(' and ')}`,
  );
  if (request.workload === 'full' && first)
    await accountForIndexes(first, { reads, writes }, session, {
      phases: context.phases,
      opportunities: request.suite.opportunities ?? [],
    });
}
