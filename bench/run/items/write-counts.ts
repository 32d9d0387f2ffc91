import { attempted } from '../../database/item-failure.ts';
import { SESSIONS_PER_ARM } from '../../measure/sessions.ts';
import { countWrites } from '../../measure/write-counts.ts';
import { listTargets } from '../../measure/write-supply.ts';
import { NOTHING_TIMED } from '../../model/measurement.ts';
import type { PerArm } from '../../model/arm.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { copyGroups, sharedCopies } from '../copy-groups.ts';
import { unmeasured } from '../measured.ts';
import { onOneCore } from '../observer.ts';
import type { ObservedSite } from '../sites.ts';
import { stagesOf, type Limits } from '../rounds/stages.ts';
import { supplyOf, withCopies, withSessionsOnCopies } from './copies.ts';

/** Writes that are counted on the same copies of a baseline's arms. */
interface CountedTogether extends Limits {
  databases: PerArm<string>;
  writes: readonly Scheduled<WriteItem>[];
}

/**
 * Counts each write on fresh copies of the arms, where no other item writes to its table if possible. Nothing is timed on them: the
 * number of timed executions depends on the machine, and counts must not.
 */
export async function countAllWrites(
  arms: readonly BaselineArms[],
  items: readonly WriteItem[],
  site: ObservedSite,
): Promise<void> {
  const groups = arms.flatMap((arm) => groupsOn(arm, items, site));
  for (const stage of stagesOf(groups, { copies: site.copiesAtOnce, sessions: Infinity })) {
    const databases = stage.map((group) => group.databases);
    await withCopies(databases, site, (copies) =>
      onOneCore(site, (pinned) => countStage(stage, copies, pinned)),
    );
  }
}

async function countStage(
  stage: readonly CountedTogether[],
  copies: readonly PerArm<string>[],
  site: ObservedSite,
): Promise<void> {
  for (const [place, { writes }] of stage.entries()) {
    const copied = copies[place];
    if (copied) await countTogether(writes, copied, site);
  }
}

function groupsOn(
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  { state, server }: ObservedSite,
): CountedTogether[] {
  const writes = unmeasured(items, baseline, state.measured.writes).map((item) => ({ item, baseline }));
  return copyGroups(writes, server).map((group) => ({ databases, writes: group, copies: 2, sessions: 2 }));
}

function countTogether(
  writes: readonly Scheduled<WriteItem>[],
  copies: PerArm<string>,
  site: ObservedSite,
): Promise<void> {
  const { state, store, server, observer, ask } = site;
  if (writes.length > 1 && !server.isOurs) state.addWarnings([sharedCopies(writes.length)]);
  return withSessionsOnCopies(copies, site, SESSIONS_PER_ARM.write, async (sessions) => {
    // Before the first of them writes anything.
    for (const { item } of writes)
      await attempted(item.sql, async () => ({
        targets: await listTargets(sessions.before[0], item, ask),
      }));
    for (const write of writes) {
      state.attempt(write);
      const counted = await attempted(write.item.sql, async () => {
        const supply = await supplyOf(write, sessions, site);
        return { counters: await countWrites(supply, sessions, observer), ...NOTHING_TIMED };
      });
      await store.add('writes', { ...write, ...counted });
    }
  });
}
