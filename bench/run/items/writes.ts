import { copyText } from '../../../seed/copy-stream.ts';
import { WRITE_PRECISION } from '../../analyse/precision.ts';
import { withClone } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import type { Enough } from '../../measure/pairs.ts';
import { SESSIONS_PER_ARM, type Sessions } from '../../measure/sessions.ts';
import { countWrites } from '../../measure/write-counts.ts';
import { listTargets, writeSupply, type WriteSupply } from '../../measure/write-supply.ts';
import { measureWrite } from '../../measure/writes.ts';
import type { Arm, PerArm } from '../../model/arm.ts';
import type { WriteCounters } from '../../model/counters.ts';
import type { Timed } from '../../model/measurement.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { copyGroups, sharedCopies } from '../copy-groups.ts';
import { left } from '../measured.ts';
import { orderFor, withArms, type Session } from '../session.ts';
import { withUnit } from './unit.ts';

/** Measures each write on copies of the arms: of its own where that can be, so that no item sees what another one wrote. */
export async function measureWrites(
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  session: Session,
): Promise<void> {
  const writes = left(items, baseline, session.record.measured.writes).map((item) => ({ item, baseline }));
  for (const group of copyGroups(writes, session.server)) {
    const [write] = group;
    if (write && group.length === 1)
      await measureCounted(write, session, (use) =>
        withCopies(write, databases, session, async (copies) => use(await countOn(copies, session))),
      );
    else await measureTogether(group, databases, session);
  }
}

/** Counts all of them before any is timed: how often a block executes depends on the machine, and counts must not. */
const measureTogether = (
  writes: readonly Scheduled<WriteItem>[],
  databases: PerArm<string>,
  session: Session,
): Promise<void> =>
  withClones(databases, session, SESSIONS_PER_ARM.write, async (sessions) => {
    session.record.addWarnings([sharedCopies(writes.length)]);
    const counted: { write: Scheduled<WriteItem>; counting: Promise<CountedCopies> }[] = [];
    for (const write of writes) {
      const counting = supplyOf(write, sessions, session).then((supply) =>
        countOn({ supply, sessions }, session),
      );
      counted.push({ write, counting });
      // What it fails of is that item's, when its turn comes.
      await counting.catch(() => undefined);
    }
    for (const { write, counting } of counted)
      await measureCounted(write, session, async (use) => use(await counting));
  });

/** Copies on which a write has been counted, and nothing timed. */
interface CountedCopies extends Copies {
  counters: PerArm<WriteCounters> | undefined;
}

const countOn = async (copies: Copies, { observer }: Session): Promise<CountedCopies> => ({
  ...copies,
  counters: await countWrites(copies.supply, copies.sessions, observer),
});

async function measureCounted(
  write: Scheduled<WriteItem>,
  session: Session,
  withCounted: <T>(use: (copies: CountedCopies) => Promise<T>) => Promise<T>,
): Promise<void> {
  session.record.attempt(write);
  const unit = { ...write, title: write.item.title, precision: WRITE_PRECISION };
  const outcome = await withUnit(unit, session, (enough) =>
    withCounted(async (copies) => {
      const timed = await timeWrite(write, copies, session, enough);
      const asynchronous = isAlsoAsynchronous(write.item, session)
        ? await timeAsynchronously(write, copies, session)
        : undefined;
      return { counters: copies.counters, ...timed, asynchronous };
    }),
  );
  await session.record.add('writes', { ...write, ...outcome });
}

/** A write with its parameters, and the sessions on the two copies that it is carried out on. */
export interface Copies {
  supply: WriteSupply;
  sessions: PerArm<Sessions>;
}

/** Runs `use` with a write and a fresh copy of each of two databases, or two copies of the same. */
export const withCopies = <T>(
  write: Scheduled<WriteItem>,
  databases: PerArm<string>,
  session: Session,
  use: (copies: Copies) => Promise<T>,
): Promise<T> =>
  withClones(databases, session, SESSIONS_PER_ARM.write, async (sessions) =>
    use({ supply: await supplyOf(write, sessions, session), sessions }),
  );

/** The same parameters for the same seed, whatever else is written. */
export async function supplyOf(
  { item, baseline }: Scheduled<WriteItem>,
  sessions: PerArm<Sessions>,
  { randomFor, rowsOf }: Pick<Session, 'randomFor' | 'rowsOf'>,
): Promise<WriteSupply> {
  const targets = await listTargets(sessions.before[0], item);
  const random = randomFor(`parameters ${baseline} ${item.id}`);
  return writeSupply(item, targets, { random, rowsOf, sendCopy: copyText });
}

export const timeWrite = (
  write: Scheduled<WriteItem>,
  { supply, sessions }: Copies,
  session: Session,
  enough: Enough,
): Promise<Timed> => {
  const timing = { order: orderFor(session, 'schedule', write), enough, observer: session.observer };
  return measureWrite(supply, sessions, timing);
};

const isAlsoAsynchronous = ({ operation }: WriteItem, { workload }: Session): boolean =>
  workload === 'full' && (operation === 'INSERT' || operation === 'UPDATE');

/** It stands beside the time with the wait and gets no verdict: an interval is enough. */
const ASYNCHRONOUS_PAIRS = 8;

/** The same write while commits do not wait for the disk (PostgreSQL manual, 19.5.1 "synchronous_commit"). */
async function timeAsynchronously(
  write: Scheduled<WriteItem>,
  copies: Copies,
  session: Session,
): Promise<Timed> {
  const { before, after } = copies.sessions;
  const all = [...before, ...after];
  try {
    for (const arm of all) await arm.query('SET synchronous_commit = off');
    return await timeWrite(write, copies, session, (pairs) => pairs.length >= ASYNCHRONOUS_PAIRS);
  } finally {
    for (const arm of all) await arm.query('RESET synchronous_commit').catch(() => undefined);
  }
}

/** Runs `use` with the sessions on fresh copies of two databases. */
export const withClones = <T>(
  databases: PerArm<string>,
  session: Pick<Session, 'server' | 'signal' | 'record'>,
  sessionsPerArm: number,
  use: (sessions: PerArm<Sessions>) => Promise<T>,
): Promise<T> => {
  const nameOf = (arm: Arm): string => databaseName(session.server, `clone_${arm}`);
  return withClone(session, databases.before, nameOf('before'), (before) =>
    withClone(session, databases.after, nameOf('after'), (after) =>
      withArms(session, { before, after }, sessionsPerArm, use),
    ),
  );
};
