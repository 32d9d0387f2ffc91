import { copyText } from '../../seed/copy-stream.ts';
import { WRITE_PRECISION } from '../analyse/precision.ts';
import { withClone } from '../database/databases.ts';
import { databaseName } from '../database/server.ts';
import type { Enough } from '../measure/pairs.ts';
import { SESSIONS_PER_ARM, type Sessions } from '../measure/sessions.ts';
import { countWrites } from '../measure/write-counts.ts';
import { listTargets, writeSupply, type WriteSupply } from '../measure/write-supply.ts';
import { measureWrite } from '../measure/writes.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Timed } from '../model/measurement.ts';
import type { Scheduled, WriteItem } from '../model/work-item.ts';
import type { BaselineArms } from './arms.ts';
import { left } from './measured.ts';
import { orderFor, withArms, type Session } from './session.ts';
import { withUnit } from './unit.ts';

/** Measures each write on copies of the arms made for it, so that no item sees what another one wrote. */
export async function measureWrites(
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  session: Session,
): Promise<void> {
  for (const item of left(items, baseline, session.record.measured.writes)) {
    session.record.attempt({ item, baseline });
    const write = { item, baseline };
    const unit = { ...write, title: item.title, precision: WRITE_PRECISION };
    const outcome = await withUnit(unit, session, (enough) =>
      withCopies(write, databases, session, async (copies) => {
        const counters = await countWrites(copies.supply, copies.sessions, session.observer);
        const timed = await timeWrite(write, copies, session, enough);
        const asynchronous = isAlsoAsynchronous(item, session)
          ? await timeAsynchronously(write, copies, session)
          : undefined;
        return { counters, ...timed, asynchronous };
      }),
    );
    await session.record.add('writes', { ...write, ...outcome });
  }
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
  for (const arm of [...before, ...after]) await arm.query('SET synchronous_commit = off');
  return timeWrite(write, copies, session, (pairs) => pairs.length >= ASYNCHRONOUS_PAIRS);
}

/** Runs `use` with the sessions on fresh copies of two databases. */
export async function withClones<T>(
  databases: PerArm<string>,
  session: Pick<Session, 'server' | 'signal'>,
  sessionsPerArm: number,
  use: (sessions: PerArm<Sessions>) => Promise<T>,
): Promise<T> {
  const nameOf = (arm: Arm): string => databaseName(session.server, `clone_${arm}`);
  const names = { before: nameOf('before'), after: nameOf('after') };
  return withClone(session, databases.before, names.before, () =>
    withClone(session, databases.after, names.after, () => withArms(session, names, sessionsPerArm, use)),
  );
}
