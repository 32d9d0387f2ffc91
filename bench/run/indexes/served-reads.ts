import { clientDurations, timesOf } from '../../analyse/estimates.ts';
import { READ_PRECISION } from '../../analyse/precision.ts';
import { planOf } from '../../measure/explain.ts';
import { drawKey, measureRead, prepareRead } from '../../measure/reads.ts';
import { SESSIONS_PER_ARM, type ArmSessions } from '../../measure/sessions.ts';
import type { PerArm } from '../../model/arm.ts';
import type { ServedRead } from '../../model/ledger.ts';
import type { Pair } from '../../model/pair.ts';
import type { Parameter, ReadItem } from '../../model/work-item.ts';
import { onOneCore } from '../observer.ts';
import { observersOf, orderFor, withArms } from '../sites.ts';
import type { Difference, IndexSite } from './index-site.ts';

/** Enough for an interval. A marginal effect is measured for every index twice. */
const READ_PAIRS = 12;

interface ChangedRead {
  item: ReadItem;
  parameters: readonly Parameter[];
  instead: string[];
}

/** The reads whose plan the index changes, timed with it and without it. */
export async function servedReads({ databases }: Difference, site: IndexSite): Promise<ServedRead[]> {
  const changed = await withArms(site, databases, 1, async (arms) => {
    const found: ChangedRead[] = [];
    for (const item of site.reads) {
      const parameters = await drawKey(arms.before[0], item.key, site.ask);
      const before = await planOf(arms.before[0], { sql: item.sql, parameters });
      const after = await planOf(arms.after[0], { sql: item.sql, parameters });
      const instead = before.indexes.filter((name) => !after.indexes.includes(name));
      if (before.signature !== after.signature) found.push({ item, parameters, instead });
    }
    return found;
  });
  if (changed.length === 0) return [];
  return onOneCore(site, (pinned) =>
    withArms(pinned, databases, SESSIONS_PER_ARM.read, (sessions) => timeEach(changed, sessions, site)),
  );
}

async function timeEach(
  changed: readonly ChangedRead[],
  sessions: PerArm<ArmSessions>,
  site: IndexSite,
): Promise<ServedRead[]> {
  const served: ServedRead[] = [];
  for (const { item, parameters, instead } of changed) {
    const order = orderFor(site, 'ledger', { item, baseline: site.baseline });
    const enough = (pairs: readonly Pair[]) => pairs.length >= READ_PAIRS;
    const timing = { order, enough, observers: observersOf(site) };
    const read = await prepareRead({ sql: item.sql, parameters }, sessions, timing.observers);
    const { pairs } = await measureRead(read, sessions, timing);
    const times = timesOf(clientDurations(pairs), READ_PRECISION);
    if (times) served.push({ id: item.id, title: item.title, instead, ...times });
  }
  return served;
}
