import { attempted } from '../../database/item-failure.ts';
import type { ArmSessions } from '../../measure/sessions.ts';
import { countWrites } from '../../measure/write-counts.ts';
import type { WriteSupply } from '../../measure/write-supply.ts';
import type { PerArm } from '../../model/arm.ts';
import { NOTHING_TIMED } from '../../model/measurement.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import { observersOf, type ObservedSite } from '../sites.ts';
import { supplyOf } from './copies.ts';

/** What the writes on some copies go on with, each from where it was counted. */
export type Supplies = ReadonlyMap<Scheduled<WriteItem>, WriteSupply>;

/**
 * Counts writes on fresh copies of the arms, where no other item writes to their tables. Nothing has been timed on them yet: the
 * number of timed executions depends on the machine, and counts must not.
 */
export async function countEach(
  writes: readonly Scheduled<WriteItem>[],
  sessions: PerArm<ArmSessions>,
  site: ObservedSite,
): Promise<Supplies> {
  const found: [Scheduled<WriteItem>, Outcome<{ supply: WriteSupply }>][] = [];
  // Before the first of them writes anything.
  for (const write of writes)
    found.push([
      write,
      await attempted(write.item.sql, async () => ({ supply: await supplyOf(write, sessions, site) })),
    ]);
  const supplies = new Map<Scheduled<WriteItem>, WriteSupply>();
  for (const [write, outcome] of found) {
    if (outcome.state === 'failed') await site.store.add('writes', { ...write, ...outcome });
    else {
      supplies.set(write, outcome.supply);
      await count(write, outcome.supply, sessions, site);
    }
  }
  return supplies;
}

async function count(
  write: Scheduled<WriteItem>,
  supply: WriteSupply,
  sessions: PerArm<ArmSessions>,
  site: ObservedSite,
): Promise<void> {
  const { state, store } = site;
  state.attempt(write);
  const counted = await attempted(write.item.sql, async () => ({
    counters: await countWrites(supply, sessions, observersOf(site)),
    ...NOTHING_TIMED,
  }));
  await store.add('writes', { ...write, ...counted });
}
