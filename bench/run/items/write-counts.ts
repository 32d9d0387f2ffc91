import { attempted } from '../../database/item-failure.ts';
import { SESSIONS_PER_ARM } from '../../measure/sessions.ts';
import { countWrites } from '../../measure/write-counts.ts';
import { listTargets } from '../../measure/write-supply.ts';
import { NOTHING_TIMED } from '../../model/measurement.ts';
import type { WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { copyGroups, sharedCopies } from '../copy-groups.ts';
import { unmeasured } from '../measured.ts';
import type { ObservedSite } from '../sites.ts';
import { supplyOf, withSessionsOnClones } from './copies.ts';

/**
 * Counts each write on fresh copies of the arms, where no other item writes to its table if possible. Nothing is timed on them: the
 * number of timed executions depends on the machine, and counts must not.
 */
export async function countAllWrites(
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  site: ObservedSite,
): Promise<void> {
  const { state, store, server, observer, ask } = site;
  const writes = unmeasured(items, baseline, state.measured.writes).map((item) => ({ item, baseline }));
  for (const group of copyGroups(writes, server)) {
    if (group.length > 1 && !server.isOurs) state.addWarnings([sharedCopies(group.length)]);
    await withSessionsOnClones(databases, site, SESSIONS_PER_ARM.write, async (sessions) => {
      // Before the first of them writes anything.
      for (const { item } of group)
        await attempted(item.sql, async () => ({
          targets: await listTargets(sessions.before[0], item, ask),
        }));
      for (const write of group) {
        state.attempt(write);
        const counted = await attempted(write.item.sql, async () => {
          const supply = await supplyOf(write, sessions, site);
          return { counters: await countWrites(supply, sessions, observer), ...NOTHING_TIMED };
        });
        await store.add('writes', { ...write, ...counted });
      }
    });
  }
}
