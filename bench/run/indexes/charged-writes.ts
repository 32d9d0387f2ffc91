import { clientDurations, serverDurations, asOverhead, timesOf } from '../../analyse/estimates.ts';
import { WRITE_PRECISION } from '../../analyse/precision.ts';
import { tablesReferredTo } from '../../database/indexes.ts';
import { withConnection } from '../../database/connection.ts';
import { renew, SESSIONS_PER_ARM, type ArmSessions } from '../../measure/sessions.ts';
import type { Timing } from '../../measure/pairs.ts';
import { countWrites } from '../../measure/write-counts.ts';
import type { WriteSupply } from '../../measure/write-supply.ts';
import { measureWrite, prepareWrite } from '../../measure/writes.ts';
import type { PerArm } from '../../model/arm.ts';
import type { WriteCounters } from '../../model/counters.ts';
import type { ChargedWrite } from '../../model/ledger.ts';
import type { Pair } from '../../model/pair.ts';
import type { Times } from '../../model/times.ts';
import type { WriteItem } from '../../model/work-item.ts';
import { supplyOf, withCopies, withSessionsOnCopies } from '../items/copies.ts';
import { onOneCore } from '../observer.ts';
import { observersOf, orderFor } from '../sites.ts';
import type { Difference, IndexSite } from './index-site.ts';

/** Enough for an interval. A marginal cost is measured for every index twice. */
const WRITE_PAIRS = 8;

/** A write is timed if its arms differ by at least so many records per execution. */
const LEAST_RECORDS = 0.2;

/**
 * Measures every write that keeps the index up, one after another on the same copies. Every DELETE that looks for rows
 * through the index has copies of its own: rows that others have written might refer to those that it deletes.
 */
export async function chargedWrites(difference: Difference, site: IndexSite): Promise<ChargedWrite[]> {
  const { databases, index } = difference;
  const { server, signal, writes } = site;
  const referred = await withConnection(server.owner(databases.after), signal, (connection) =>
    tablesReferredTo(connection, index.name),
  );
  const deletions = writes.filter((item) => item.operation === 'DELETE' && referred.includes(item.table));
  const groups = [writes.filter((item) => keepsUp(item, index.table)), ...deletions.map((item) => [item])];
  const charged: ChargedWrite[] = [];
  for (const items of groups) charged.push(...(await countAndTime(items, databases, site)));
  return charged;
}

const countAndTime = (
  items: readonly WriteItem[],
  databases: PerArm<string>,
  site: IndexSite,
): Promise<ChargedWrite[]> =>
  onClones(items, databases, site, async (counted, sessions) => {
    const charged: ChargedWrite[] = [];
    for (const { write, item, supply } of counted) {
      const isTimed = isWorthTiming(item, write.counters);
      const order = orderFor(site, 'schedule', { item, baseline: site.baseline });
      const times =
        isTimed && (await timesOfWrite(supply, sessions, { order, observers: observersOf(site) }));
      charged.push({ ...write, ...(times && { times }) });
    }
    return charged;
  });

/** Counts writes as in every account, and times none. */
export const countedWrites = (
  databases: PerArm<string>,
  items: readonly WriteItem[],
  site: IndexSite,
): Promise<ChargedWrite[]> =>
  onClones(items, databases, site, (counted) => Promise.resolve(counted.map(({ write }) => write)));

/** Whether a write has to add entries to the indexes of a table. */
export const keepsUp = ({ operation, table }: WriteItem, indexed: string): boolean =>
  table === indexed && (operation === 'INSERT' || operation === 'UPDATE');

interface CountedWrite {
  write: ChargedWrite;
  item: WriteItem;
  supply: WriteSupply;
}

/** Counts all writes before it times any: the number of timed executions depends on the machine, and counts must not. */
async function onClones(
  items: readonly WriteItem[],
  databases: PerArm<string>,
  site: IndexSite,
  use: (counted: readonly CountedWrite[], sessions: PerArm<ArmSessions>) => Promise<ChargedWrite[]>,
): Promise<ChargedWrite[]> {
  if (items.length === 0) return [];
  // On all cores: copies take longer than what is done with them.
  return withCopies([databases], site, ([copies = databases]) =>
    onOneCore(site, (pinned) =>
      withSessionsOnCopies(copies, pinned, SESSIONS_PER_ARM.write, async (sessions) =>
        use(await countEach(items, sessions, site), sessions),
      ),
    ),
  );
}

async function countEach(
  items: readonly WriteItem[],
  sessions: PerArm<ArmSessions>,
  site: IndexSite,
): Promise<CountedWrite[]> {
  const counted: CountedWrite[] = [];
  for (const item of items) {
    const { id, title, table, operation } = item;
    // Whatever the write before has set is none of this one's.
    await renew(sessions);
    const supply = await supplyOf({ item, baseline: site.baseline }, sessions, site);
    const counters = await countWrites(supply, sessions, observersOf(site));
    counted.push({ write: { id, title, table, operation, ...(counters && { counters }) }, item, supply });
  }
  return counted;
}

/** A write with hardly more log takes hardly more time. A DELETE logs nothing for an index, but reads it. */
function isWorthTiming({ operation }: WriteItem, counters: PerArm<WriteCounters> | undefined): boolean {
  if (!counters || operation === 'DELETE') return true;
  const more = counters.after.steady.records - counters.before.steady.records;
  return Math.abs(more) >= counters.after.executions * LEAST_RECORDS;
}

/** Uses the server's own times where it keeps them: the wait for the disk would hide the cost of one index. */
async function timesOfWrite(
  supply: WriteSupply,
  sessions: PerArm<ArmSessions>,
  timing: Omit<Timing, 'enough'>,
): Promise<Times | undefined> {
  const write = await prepareWrite(supply, sessions, timing.observers, { pairs: WRITE_PAIRS });
  const enough = (pairs: readonly Pair[]) => pairs.length >= WRITE_PAIRS;
  const { pairs } = await measureWrite(write, sessions, { ...timing, enough });
  const times =
    timesOf(serverDurations(pairs), WRITE_PRECISION) ?? timesOf(clientDurations(pairs), WRITE_PRECISION);
  return times && asOverhead(times);
}
