import { FEWEST_ROUNDS, READ_PRECISION } from '../../analyse/precision.ts';
import { attempted } from '../../database/item-failure.ts';
import {
  genericPlans,
  isAsGood,
  planGenerically,
  prepared,
  type GenericPlans,
} from '../../measure/generic-plan.ts';
import {
  drawKeys,
  examineRead,
  measureRead,
  measureRoundTrip,
  prepareRead,
  type PreparedRead,
} from '../../measure/reads.ts';
import { renew, type ArmSessions } from '../../measure/sessions.ts';
import type { Statement } from '../../measure/statement.ts';
import type { PerArm } from '../../model/arm.ts';
import {
  NOTHING_TIMED,
  type GenericPlanMeasurement,
  type ReadExamination,
  type ReadMeasurement,
} from '../../model/measurement.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Parameter, ReadItem, Scheduled } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { unmeasured } from '../measured.ts';
import { Course, type Visit } from '../rounds/course.ts';
import type { CourseGroup } from '../rounds/course-group.ts';
import type { Opened } from '../rounds/opened.ts';
import {
  observersOf,
  orderFor,
  withArms,
  type ItemSite,
  type ObservedSite,
  type Placement,
} from '../sites.ts';

/** Databases, and the names of the candidate's indexes in that of `after`. */
type ReadArms = Pick<BaselineArms, 'baseline' | 'databases'> & { built: readonly { name: string }[] };

/** Finds out what is not timed in rounds: plans, counters, answers and planning times. */
export async function examineReads(
  arms: ReadArms,
  items: readonly ReadItem[],
  site: ItemSite,
): Promise<void> {
  const { baseline, databases } = arms;
  await withArms(site, databases, 1, async (sessions) => {
    site.state.roundTrip = await measureRoundTrip(sessions.before[0]);
    for (const item of unmeasured(items, baseline, site.state.measured.reads)) {
      const read = { item, baseline };
      site.state.attempt(read);
      await site.store.add('reads', await examine(read, arms, sessions, site));
    }
  });
}

/** Of a read that may answer approximately; more would take long where a scan answers it before. */
const MOST_RECALL_KEYS = 100;

async function examine(
  read: Scheduled<ReadItem>,
  arms: ReadArms,
  sessions: PerArm<ArmSessions>,
  site: ItemSite,
): Promise<ReadMeasurement> {
  const { sql, key, approximate } = read.item;
  const indexes = new Set(arms.built.map(({ name }) => name));
  let parameters: Parameter[] = [];
  // Whatever the read before has set is none of this one's.
  await renew(sessions);
  const examined = await attempted(sql, async () => {
    const keys = await drawKeys(sessions.before[0], key, site.ask);
    parameters = keys[0] ?? [];
    const order = orderFor(site, 'planning', read);
    const recallKeys = approximate ? keys.slice(0, MOST_RECALL_KEYS) : undefined;
    const examination = await examineRead({ sql, parameters }, sessions, indexes, order, recallKeys);
    return { ...examination, ...NOTHING_TIMED };
  });
  if (examined.state === 'failed' || !key) return { ...read, parameters, ...examined };
  const generic = await attempted(sql, async () => {
    await renew(sessions);
    return genericPlans(prepared({ sql, parameters }), sessions, indexes);
  });
  await renew(sessions);
  return { ...read, parameters, ...examined, generic: genericMeasurement(generic, examined) };
}

function genericMeasurement(generic: Outcome<GenericPlans>, custom: ReadExamination): GenericPlanMeasurement {
  if (generic.state === 'failed') return generic;
  const { plans } = generic;
  return isAsGood(generic, custom)
    ? { state: 'same plan', plans }
    : { state: 'measured', plans, ...NOTHING_TIMED };
}

/** The reads of a baseline: on the arms themselves, which nothing writes to. One with parameters is also planned generically. */
export function readGroup(
  { baseline, databases }: BaselineArms,
  items: readonly ReadItem[],
  site: ObservedSite,
): CourseGroup {
  const timed = items.flatMap((item) => timedReads({ item, baseline }, site));
  return readingGroup(timed, items.length, databases);
}

/** A read with its plan for these values, and, where that is another, with the one for all values. */
export const timedReads = (read: Scheduled<ReadItem>, site: ObservedSite): TimedRead[] => [
  ...customPlanCourse(read, site),
  ...genericPlanCourse(read, site),
];

/** Reads in the same sessions, on databases that nothing writes to. */
export function readingGroup(
  timed: readonly TimedRead[],
  items: number,
  databases: PerArm<string>,
): CourseGroup {
  return {
    items,
    courses: timed.map(({ course }) => course),
    databases,
    copies: 0,
    sessions: READING_SESSIONS,
    open: (arms, placed, use) => use(withReadingSessions(timed, arms, placed)),
  };
}

function customPlanCourse(read: Scheduled<ReadItem>, site: ObservedSite): TimedRead[] {
  const { state } = site;
  const measured = state.measurementOf('reads', read);
  if (measured?.state !== 'measured') return [];
  const statement = { sql: read.item.sql, parameters: measured.parameters };
  const course = new Course(
    { ...read, title: read.item.title, precision: READ_PRECISION },
    measured,
    (round) => orderFor(site, `round ${round}`, read),
    (outcome) => {
      state.update('reads', read, (entry) => ({ ...entry, ...outcome }) as ReadMeasurement);
    },
  );
  return [{ course, visitIn: readVisit(statement) }];
}

function genericPlanCourse(read: Scheduled<ReadItem>, site: ObservedSite): TimedRead[] {
  const { state } = site;
  const measured = state.measurementOf('reads', read);
  if (measured?.state !== 'measured' || measured.generic?.state !== 'measured') return [];
  const { plans } = measured.generic;
  const statement = prepared({ sql: read.item.sql, parameters: measured.parameters });
  const title = `${read.item.title}  generic plan`;
  // It is shown beside the custom plan without a verdict: an interval is enough.
  const unit = { ...read, title, precision: READ_PRECISION, mostRounds: FEWEST_ROUNDS };
  const course = new Course(
    unit,
    measured.generic,
    (round) => orderFor(site, `generic plan, round ${round}`, read),
    (outcome) => {
      const generic = outcome.state === 'measured' ? { plans, ...outcome } : outcome;
      state.update('reads', read, (entry) => (entry.state === 'measured' ? { ...entry, generic } : entry));
    },
  );
  return [{ course, visitIn: readVisit(statement) }];
}

/** Visits a read in the sessions of a round. */
export type VisitIn = (sessions: PerArm<ArmSessions>, placed: ObservedSite) => Visit;

/** A read on its way through the rounds. */
export interface TimedRead {
  course: Course;
  visitIn: VisitIn;
}

/** Of a group of reads, on both arms. */
export const READING_SESSIONS = 2;

/**
 * Each round has a session of its own on each arm, and its pages in other buffers: where either lies in memory becomes part of
 * the scatter between rounds. With their pages in one place for a whole run, identical arms differed by up to 11 % in a read of
 * one row, in one run of ten or so.
 */
export const withReadingSessions = (
  reads: readonly TimedRead[],
  databases: PerArm<string>,
  site: ObservedSite,
): Opened => ({
  withinRound: (use) =>
    withArms(site, databases, 1, (sessions) =>
      use(new Map(reads.map(({ course, visitIn }) => [course, visitIn(sessions, site)]))),
    ),
  moved: [databases.before, databases.after],
});

/** Sets what a statement is to be planned with, in sessions that were renewed. */
type Prepare = (sessions: PerArm<ArmSessions>) => Promise<void>;

const usually: Prepare = () => Promise.resolve();

/** What the first visit in a placement has found out holds for all others there. */
export function readVisit(
  statement: Statement,
  prepare = statement.name === undefined ? usually : planGenerically,
): VisitIn {
  const prepared = new Map<Placement, PreparedRead>();
  return (sessions, placed) => async (timing) => {
    const { placement } = placed;
    const observers = observersOf(placed);
    await renew(sessions);
    await prepare(sessions);
    const read = prepared.get(placement) ?? (await prepareRead(statement, sessions, observers));
    prepared.set(placement, read);
    return measureRead(read, sessions, { ...timing, observers });
  };
}
