import { clientDurations, asOverhead, timesOf } from '../../analyse/estimates.ts';
import { measureConcurrentWriters } from '../../measure/concurrent-writers.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { supplyOf, withSessionsOnClones } from './copies.ts';
import { orderFor, type ItemSite } from '../sites.ts';

/** Numbers of sessions that write at once, where the server has so many. */
export const WRITERS = [1, 4, 8];
const PAIRS = 12;

/** Measures one write from several sessions at once. On one core they would take turns: they are confined to none. */
export async function measureConcurrency(
  { baseline, databases }: BaselineArms,
  item: WriteItem,
  site: ItemSite,
): Promise<void> {
  const write: Scheduled<WriteItem> = { item, baseline };
  const isMeasured = (writers: number): boolean =>
    site.state.measured.concurrency.some((one) => one.writers === writers);
  for (const wanted of WRITERS.filter((writers) => !isMeasured(writers))) {
    await withSessionsOnClones(databases, site, wanted, async (sessions) => {
      const writers = sessions.before.length;
      if (isMeasured(writers)) return;
      const supply = await supplyOf(write, sessions, site);
      const order = orderFor(site, `${writers} writers`, write);
      const pairs = await measureConcurrentWriters(supply, sessions, order, PAIRS);
      const times = timesOf(clientDurations(pairs));
      if (times)
        await site.store.add('concurrency', {
          title: item.title,
          baseline,
          writers,
          pairs,
          ...asOverhead(times),
        });
    });
  }
}
