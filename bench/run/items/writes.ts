import { FEWEST_ROUNDS, FIRST_LOOK, WRITE_PRECISION } from '../../analyse/precision.ts';
import { SESSIONS_PER_ARM, type ArmSessions } from '../../measure/sessions.ts';
import { measureWrite, prepareWrite, type PreparedWrite } from '../../measure/writes.ts';
import type { WriteSupply } from '../../measure/write-supply.ts';
import type { PerArm } from '../../model/arm.ts';
import { NOTHING_TIMED } from '../../model/measurement.ts';
import type { Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { together } from '../copy-groups.ts';
import { holds } from '../measured.ts';
import { Course, type Visit } from '../rounds/course.ts';
import type { CourseGroup } from '../rounds/course-group.ts';
import { inEveryRound, type Opened } from '../rounds/opened.ts';
import { observersOf, orderFor, type ObservedSite } from '../sites.ts';
import { supplyOf, withSessionsOnCopies } from './copies.ts';
import { countEach, type Supplies } from './write-counts.ts';

/** A write on its way through the rounds. */
export interface TimedWrite {
  write: Scheduled<WriteItem>;
  course: Course;
  /** With `synchronous_commit` off; of some writes only. */
  asynchronous?: Course | undefined;
}

/** The writes of a baseline, in groups that do not spoil each other's rows. */
export const writeGroups = (
  { baseline, databases }: BaselineArms,
  items: readonly WriteItem[],
  site: ObservedSite,
): CourseGroup[] =>
  together(items.map((item) => ({ item, baseline }))).map((writes) => countedGroup(writes, databases, site));

/** Writes that are counted on their copies when these are made for the first time, and timed on them afterwards. */
function countedGroup(
  writes: readonly Scheduled<WriteItem>[],
  databases: PerArm<string>,
  site: ObservedSite,
): CourseGroup {
  const uncounted = writes.filter((write) => !holds(site.state.measured.writes, write));
  const timedWrites = (): TimedWrite[] => writes.flatMap((write) => timedWrite(write, site));
  let timed = uncounted.length === 0 ? timedWrites() : undefined;
  return {
    ...sharing(writes.length, databases),
    get courses() {
      return timed && coursesOf(timed);
    },
    open: (copies, placed, use) =>
      withSessionsOnCopies(copies, placed, SESSIONS_PER_ARM.write, async (sessions) => {
        const supplies = timed ? NEW_COPIES : await countEach(uncounted, sessions, placed);
        timed ??= timedWrites();
        return use(visited(timed, sessions, supplies, placed));
      }),
  };
}

function timedWrite(write: Scheduled<WriteItem>, site: ObservedSite): TimedWrite[] {
  const { state } = site;
  const measured = state.measurementOf('writes', write);
  if (measured?.state !== 'measured') return [];
  const course = new Course(
    { ...write, title: write.item.title, precision: WRITE_PRECISION },
    measured,
    (round) => orderFor(site, `round ${round}`, write),
    (outcome) => {
      state.update('writes', write, (entry) => ({ ...entry, ...outcome }));
    },
  );
  return [{ write, course, asynchronous: asynchronousCourse(write, site) }];
}

/**
 * The same write while commits do not wait for the disk (PostgreSQL manual, 19.5.1 "synchronous_commit"). This time
 * stands beside the one with the wait, and gets no verdict: an interval is enough.
 */
function asynchronousCourse(write: Scheduled<WriteItem>, site: ObservedSite): Course | undefined {
  const { state, workload } = site;
  const { operation, title } = write.item;
  const measured = state.measurementOf('writes', write);
  const isWanted = workload === 'full' && (operation === 'INSERT' || operation === 'UPDATE');
  if (!isWanted || measured?.state !== 'measured') return undefined;
  return new Course(
    {
      ...write,
      title: `${title}  asynchronous`,
      precision: WRITE_PRECISION,
      mostRounds: FEWEST_ROUNDS,
    },
    measured.asynchronous ?? NOTHING_TIMED,
    (round) => orderFor(site, `asynchronous, round ${round}`, write),
    (outcome) => {
      if (outcome.state === 'failed') return;
      const { pairs, disturbances } = outcome;
      state.update('writes', write, (entry) => ({ ...entry, asynchronous: { pairs, disturbances } }));
    },
  );
}

/** Writes that are timed on the same copies of two databases, or two copies of the same, and counted nowhere. */
export const timedGroup = (timed: readonly TimedWrite[], databases: PerArm<string>): CourseGroup => ({
  ...sharing(timed.length, databases),
  courses: coursesOf(timed),
  open: (copies, placed, use) =>
    withSessionsOnCopies(copies, placed, SESSIONS_PER_ARM.write, (sessions) =>
      use(visited(timed, sessions, NEW_COPIES, placed)),
    ),
});

const sharing = (items: number, databases: PerArm<string>) =>
  ({ items, databases, copies: 2, sessions: 2 * SESSIONS_PER_ARM.write }) as const;

const coursesOf = (timed: readonly TimedWrite[]): Course[] =>
  timed.flatMap(({ course, asynchronous }) => (asynchronous ? [course, asynchronous] : [course]));

/** On which nothing was counted. */
const NEW_COPIES: Supplies = new Map();

const visited = (
  timed: readonly TimedWrite[],
  sessions: PerArm<ArmSessions>,
  supplies: Supplies,
  site: ObservedSite,
): Opened =>
  inEveryRound(
    new Map(timed.flatMap((one) => visitsOf(one, sessions, { ...site, supply: supplies.get(one.write) }))),
  );

/** Where a write goes on with the supply that it was counted with. */
type SupplySite = ObservedSite & { supply: WriteSupply | undefined };

function visitsOf(
  { write, course, asynchronous }: TimedWrite,
  sessions: PerArm<ArmSessions>,
  site: SupplySite,
): [Course, Visit][] {
  let preparing: Promise<PreparedWrite> | undefined;
  const visit: Visit = async (timing) =>
    measureWrite(await (preparing ??= prepare(write, sessions, site)), sessions, {
      ...timing,
      observers: observersOf(site),
    });
  if (!asynchronous) return [[course, visit]];
  return [
    [course, visit],
    [asynchronous, (timing) => withoutWaiting(sessions, () => visit(timing))],
  ];
}

/** Each pair of copies gets other parameters. */
async function prepare(
  write: Scheduled<WriteItem>,
  sessions: PerArm<ArmSessions>,
  site: SupplySite,
): Promise<PreparedWrite> {
  const purpose = `parameters from round ${site.state.measured.rounds.length + 1}`;
  const supply = site.supply ?? (await supplyOf(write, sessions, site, purpose));
  return prepareWrite(supply, sessions, observersOf(site), {
    pairs: FIRST_LOOK * WRITE_PRECISION.pairsAVisit,
    leastExecutions: fillsPendingList(write, site) ? EXECUTIONS_FOR_P99 : 1,
  });
}

/** In a block: 1,000 by the first look. A list that is moved by one execution in 50 is then moved 20 times. */
const EXECUTIONS_FOR_P99 = 50;

/** Whether its counted executions have left anything in the pending list of a GIN index. */
function fillsPendingList(write: Scheduled<WriteItem>, { state }: ObservedSite): boolean {
  const measured = state.measurementOf('writes', write);
  const counters = measured?.state === 'measured' ? measured.counters : undefined;
  return [counters?.before, counters?.after].some((arm) => (arm?.pendingLists ?? []).length > 0);
}

async function withoutWaiting<T>({ before, after }: PerArm<ArmSessions>, work: () => Promise<T>): Promise<T> {
  const all = [...before, ...after];
  try {
    for (const session of all) await session.query('SET synchronous_commit = off');
    return await work();
  } finally {
    for (const session of all) await session.query('RESET synchronous_commit').catch(() => undefined);
  }
}
