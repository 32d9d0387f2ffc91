import { hourlyCalls } from '../../analyse/hourly-calls.ts';
import type { Demand } from '../../analyse/ledger/hourly-worth.ts';
import type { RunRequest } from '../run-request.ts';

/** What decides whether an index pays. Undefined where weights are proportions, or where --only has cut the statements. */
export function demandOf({
  suite,
  mix,
  only,
}: Pick<RunRequest, 'suite' | 'mix' | 'only'>): Demand | undefined {
  if (!suite.weightsAre || only.length > 0) return undefined;
  const goals = new Set(suite.goals.map(({ read }) => read));
  return { calls: hourlyCalls(suite.reads, suite.writes, mix), goals };
}
