import { copyText } from '../../../seed/copy-stream.ts';
import { WRITE_PRECISION } from '../../analyse/precision.ts';
import { withClone } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import type { Enough } from '../../measure/pairs.ts';
import { SESSIONS_PER_ARM, type ArmSessions } from '../../measure/sessions.ts';
import { countWrites } from '../../measure/write-counts.ts';
import { listTargets, writeSupply, type WriteSupply } from '../../measure/write-supply.ts';
import { measureWrite } from '../../measure/writes.ts';
import type { Arm, PerArm } from '../../model/arm.ts';
import type { WriteCounters } from '../../model/counters.ts';
import type { Timed } from '../../model/measurement.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { copyGroups, sharedCopies } from '../copy-groups.ts';
import { unmeasured } from '../measured.ts';
import { orderFor, withArms, type ItemSite, type ObservedSite, type RunSite } from '../sites.ts';
import { withUnit } from './unit.ts';

/** Measures each write on copies of the arms: its own where possible, which no other item has written to. */
export async function measureWrites(
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  site: ObservedSite,
): Promise<void> {
  const writes = unmeasured(items, baseline, site.state.measured.writes).map((item) => ({ item, baseline }));
  for (const group of copyGroups(writes, site.server)) {
    const [write] = group;
    if (write && group.length === 1)
      await measureCounted(write, site, (use) =>
        withCopies(write, databases, site, async (copies) => use(await countOn(copies, site))),
      );
    else await measureTogether(group, databases, site);
  }
}

/** Counts all writes before it times any: the number of timed executions depends on the machine, and counts must not. */
const measureTogether = (
  writes: readonly Scheduled<WriteItem>[],
  databases: PerArm<string>,
  site: ObservedSite,
): Promise<void> =>
  withClones(databases, site, SESSIONS_PER_ARM.write, async (sessions) => {
    site.state.addWarnings([sharedCopies(writes.length)]);
    const counted: { write: Scheduled<WriteItem>; counting: Promise<CountedCopies> }[] = [];
    for (const write of writes) {
      const counting = supplyOf(write, sessions, site).then((supply) => countOn({ supply, sessions }, site));
      counted.push({ write, counting });
      // The item reports its failure when its turn comes.
      await counting.catch(() => undefined);
    }
    for (const { write, counting } of counted)
      await measureCounted(write, site, async (use) => use(await counting));
  });

/** Copies on which a write has been counted, and nothing timed. */
interface CountedCopies extends Copies {
  counters: PerArm<WriteCounters> | undefined;
}

const countOn = async (copies: Copies, { observer }: ObservedSite): Promise<CountedCopies> => ({
  ...copies,
  counters: await countWrites(copies.supply, copies.sessions, observer),
});

async function measureCounted(
  write: Scheduled<WriteItem>,
  site: ObservedSite,
  withCounted: <T>(use: (copies: CountedCopies) => Promise<T>) => Promise<T>,
): Promise<void> {
  site.state.attempt(write);
  const unit = { ...write, title: write.item.title, precision: WRITE_PRECISION };
  const outcome = await withUnit(unit, site, (enough) =>
    withCounted(async (copies) => {
      const timed = await timeWrite(write, copies, site, enough);
      const asynchronous = isAlsoAsynchronous(write.item, site)
        ? await timeAsynchronously(write, copies, site)
        : undefined;
      return { counters: copies.counters, ...timed, asynchronous };
    }),
  );
  await site.store.add('writes', { ...write, ...outcome });
}

/** A write with its parameters, and the sessions on its two copies. */
export interface Copies {
  supply: WriteSupply;
  sessions: PerArm<ArmSessions>;
}

/** Runs `use` with a write and a fresh copy of each of two databases, or two copies of the same. */
export const withCopies = <T>(
  write: Scheduled<WriteItem>,
  databases: PerArm<string>,
  site: ObservedSite,
  use: (copies: Copies) => Promise<T>,
): Promise<T> =>
  withClones(databases, site, SESSIONS_PER_ARM.write, async (sessions) =>
    use({ supply: await supplyOf(write, sessions, site), sessions }),
  );

/** The same parameters for the same seed, whatever else is written. */
export async function supplyOf(
  { item, baseline }: Scheduled<WriteItem>,
  sessions: PerArm<ArmSessions>,
  { randomFor, rowsOf }: ItemSite,
): Promise<WriteSupply> {
  const targets = await listTargets(sessions.before[0], item);
  const random = randomFor(`parameters ${baseline} ${item.id}`);
  return writeSupply(item, targets, { random, rowsOf, sendCopy: copyText });
}

export const timeWrite = (
  write: Scheduled<WriteItem>,
  { supply, sessions }: Copies,
  site: ObservedSite,
  enough: Enough,
): Promise<Timed> => {
  const timing = { order: orderFor(site, 'schedule', write), enough, observer: site.observer };
  return measureWrite(supply, sessions, timing);
};

const isAlsoAsynchronous = ({ operation }: WriteItem, { workload }: ObservedSite): boolean =>
  workload === 'full' && (operation === 'INSERT' || operation === 'UPDATE');

/** Enough for an interval: this time stands beside the one with the wait, and gets no verdict. */
const ASYNCHRONOUS_PAIRS = 8;

/** The same write while commits do not wait for the disk (PostgreSQL manual, 19.5.1 "synchronous_commit"). */
async function timeAsynchronously(
  write: Scheduled<WriteItem>,
  copies: Copies,
  site: ObservedSite,
): Promise<Timed> {
  const { before, after } = copies.sessions;
  const all = [...before, ...after];
  try {
    for (const arm of all) await arm.query('SET synchronous_commit = off');
    return await timeWrite(write, copies, site, (pairs) => pairs.length >= ASYNCHRONOUS_PAIRS);
  } finally {
    for (const arm of all) await arm.query('RESET synchronous_commit').catch(() => undefined);
  }
}

/** Runs `use` with the sessions on fresh copies of two databases. */
export const withClones = <T>(
  databases: PerArm<string>,
  site: RunSite,
  sessionsPerArm: number,
  use: (sessions: PerArm<ArmSessions>) => Promise<T>,
): Promise<T> => {
  const nameOf = (arm: Arm): string => databaseName(site.server, `clone_${arm}`);
  return withClone(site, databases.before, nameOf('before'), (before) =>
    withClone(site, databases.after, nameOf('after'), (after) =>
      withArms(site, { before, after }, sessionsPerArm, use),
    ),
  );
};
