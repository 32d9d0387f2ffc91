import { CANARY_PRECISION } from '../../analyse/precision.ts';
import type { Connection } from '../../database/connection.ts';
import { drawKey } from '../../measure/reads.ts';
import { NOTHING_TIMED } from '../../model/measurement.ts';
import type { ReadItem, Scheduled, WriteItem } from '../../model/work-item.ts';
import type { BaselineArms } from '../arms.ts';
import { together } from '../copy-groups.ts';
import { warmCopies } from './copies.ts';
import { Course } from '../rounds/course.ts';
import type { CourseGroup } from '../rounds/course-group.ts';
import { orderFor, type ObservedSite } from '../sites.ts';
import { READING_SESSIONS, readVisit, withReadingSessions, type VisitIn } from './reads.ts';
import { timedGroup } from './writes.ts';

/**
 * Items that are measured between two copies of `before`, without any candidate. A difference here comes of the run and its
 * machine. `before` itself is no twin: the other reads keep its pages in the processor's caches.
 */
export function canaryGroups(
  { baseline, databases: { before } }: BaselineArms,
  items: { reads: readonly ReadItem[]; writes: readonly WriteItem[] },
  site: ObservedSite,
): CourseGroup[] {
  const reads = items.reads.map((item) => ({ item, baseline }));
  const writes = items.writes.map((item) => ({ item, baseline }));
  const twins = { before, after: before };
  return [
    ...(reads.length > 0 ? [readCanaries(reads, before, site)] : []),
    ...together(writes).map((group) =>
      timedGroup(
        group.map((write) => ({ write, course: canaryCourse(write, site) })),
        twins,
      ),
    ),
  ];
}

function readCanaries(
  reads: readonly Scheduled<ReadItem>[],
  before: string,
  site: ObservedSite,
): CourseGroup {
  const timed = reads.map((read) => ({
    course: canaryCourse(read, site),
    visitIn: visitIn(read, site),
  }));
  return {
    items: reads.length,
    courses: timed.map(({ course }) => course),
    databases: { before, after: before },
    copies: 2,
    sessions: READING_SESSIONS,
    open: async (twins, placed, use) => {
      await warmCopies(twins, placed);
      return use(withReadingSessions(timed, twins, placed));
    },
  };
}

/** The key is drawn from the data at the first visit. */
function visitIn({ item: { sql, key } }: Scheduled<ReadItem>, site: ObservedSite): VisitIn {
  let known: Promise<VisitIn> | undefined;
  const draw = async (session: Connection): Promise<VisitIn> =>
    readVisit({ sql, parameters: await drawKey(session, key, site.ask) });
  return (sessions, placed) => async (timing) => {
    const visit = await (known ??= draw(sessions.before[0]));
    return visit(sessions, placed)(timing);
  };
}

function canaryCourse(item: Scheduled<ReadItem | WriteItem>, site: ObservedSite): Course {
  const { state } = site;
  const known = state.measurementOf('canaries', item);
  const unit = { ...item, title: `${item.item.title}  canary`, precision: CANARY_PRECISION };
  if (!known) state.add('canaries', { ...item, state: 'measured', ...NOTHING_TIMED });
  return new Course(
    unit,
    known?.state === 'measured' ? known : NOTHING_TIMED,
    (round) => orderFor(site, `canary, round ${round}`, item),
    (outcome) => {
      state.update('canaries', item, () => ({ ...item, ...outcome }));
    },
  );
}
