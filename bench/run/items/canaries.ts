import { CANARY_PRECISION } from '../../analyse/precision.ts';
import { withClone } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import type { Enough } from '../../measure/pairs.ts';
import { drawKey, measureRead } from '../../measure/reads.ts';
import { SESSIONS_PER_ARM } from '../../measure/sessions.ts';
import type { Timed } from '../../model/measurement.ts';
import type { ReadItem, Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { unmeasured } from '../measured.ts';
import { timeWrite, withCopies } from './writes.ts';
import { orderFor, withArms, type ObservedSite } from '../sites.ts';
import { withUnit } from './unit.ts';

/** Shares of the budget: a canary has to be more precise than the rows it vouches for. */
export const CANARY_SHARES = 3;

/**
 * Measures items between `before` and another copy of it, without any candidate. A difference here comes of the run and
 * its machine.
 */
export async function measureCanaries(
  { baseline, databases: { before } }: BaselineArms,
  items: readonly (ReadItem | WriteItem)[],
  site: ObservedSite,
): Promise<void> {
  for (const item of unmeasured(items, baseline, site.state.measured.canaries)) {
    const title = `${item.title}  canary`;
    const unit = { item, baseline, title, precision: CANARY_PRECISION, shares: CANARY_SHARES };
    const outcome = await withUnit(unit, site, (enough) =>
      item.kind === 'read'
        ? measureReadCanary({ item, baseline }, before, site, enough)
        : withCopies({ item, baseline }, { before, after: before }, site, (copies) =>
            timeWrite({ item, baseline }, copies, site, enough),
          ),
    );
    await site.store.add('canaries', { item, baseline, ...outcome });
  }
}

async function measureReadCanary(
  read: Scheduled<ReadItem>,
  before: string,
  site: ObservedSite,
  enough: Enough,
): Promise<Timed> {
  return withClone(site, before, databaseName(site.server, 'canary'), (clone) =>
    withArms(site, { before, after: clone }, SESSIONS_PER_ARM.read, async (sessions) => {
      const parameters = await drawKey(sessions.before[0], read.item.key);
      const timing = { order: orderFor(site, 'canary', read), enough, observer: site.observer };
      return measureRead({ sql: read.item.sql, parameters }, sessions, timing);
    }),
  );
}
