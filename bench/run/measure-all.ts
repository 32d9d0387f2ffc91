import { performance } from 'node:perf_hooks';
import { randomFor } from '../../seed/random.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { BaselineArms } from './arms.ts';
import { Budget } from './budget.ts';
import { measureReads } from './measure-reads.ts';
import { measureWrites } from './measure-writes.ts';
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
  const reads = chosen<ReadItem>(request.suite.reads, request);
  const writes = chosen<WriteItem>(request.suite.writes, request);
  const total = (reads.length + writes.length) * arms.length;
  const rows = new Map(context.record.dataset.tables.map((load) => [load.table, load.rows]));
  const session: Omit<Session, 'observer'> = {
    ...context,
    total,
    budget: new Budget(request.budgetSeconds, total, () => performance.now()),
    randomFor: (purpose) => randomFor(request.seed, purpose),
    rowsOf: (table) => rows.get(table) ?? 0,
  };
  const end = context.phases.begin('measure');
  await withObserver(context, async (observer) => {
    for (const arm of arms) await measureReads(arm, reads, { ...session, observer });
    for (const arm of arms) await measureWrites(arm, writes, { ...session, observer });
  });
  end(
    `${reads.length} reads and ${writes.length} writes on ${arms.map(({ baseline }) => baseline).join(' and ')}`,
  );
}

function chosen<Item extends ReadItem | WriteItem>(items: readonly Item[], request: RunRequest): Item[] {
  if (request.only.length > 0) return items.filter(({ id }) => request.only.includes(id));
  return items.filter(({ workload }) => workload === 'headline' || request.workload === 'full');
}
