import { CANARY_PRECISION } from '../../analyse/precision.ts';
import type { PerArm } from '../../model/arm.ts';
import { NOTHING_TIMED } from '../../model/measurement.ts';
import { readingGroup, readVisit, type TimedRead } from '../items/reads.ts';
import { Course } from '../rounds/course.ts';
import type { CourseGroup } from '../rounds/course-group.ts';
import { aloneOn, orderFor, type ObservedSite } from '../sites.ts';
import { AS_IT_IS } from './difference.ts';
import { planWithoutIndexes, type Yardstick } from './yardsticks.ts';

/** Yardsticks between the servers, to be timed in the sessions of the reads. */
export const timedBetween = (yardsticks: readonly Yardstick[], site: ObservedSite): TimedRead[] =>
  yardsticks.map((yardstick) => ({
    course: yardstickCourse(yardstick, site),
    visitIn: readVisit(yardstick.statement, planWithoutIndexes),
  }));

/** The yardsticks of a server alone: two sessions of its database. */
export function groupWithin(
  arm: 'before' | 'after',
  yardsticks: readonly Yardstick[],
  databases: PerArm<string>,
  site: ObservedSite,
): CourseGroup {
  const own = yardsticks.filter(({ between }) => between === arm);
  const timed = own.map((yardstick) => ({
    course: yardstickCourse(yardstick, site),
    visitIn: readVisit(yardstick.statement),
  }));
  const group = readingGroup(timed, own.length, { before: databases[arm], after: databases[arm] });
  return {
    ...group,
    open: (both, placed, use) => group.open(both, aloneOn(placed, placed.placement[arm]), use),
  };
}

function yardstickCourse({ item, between }: Yardstick, site: ObservedSite): Course {
  const { state } = site;
  const scheduled = { item, baseline: AS_IT_IS };
  state.add('yardsticks', { ...scheduled, between, state: 'measured', ...NOTHING_TIMED });
  return new Course(
    { ...scheduled, title: `${item.title}  yardstick`, precision: CANARY_PRECISION },
    NOTHING_TIMED,
    (round) => orderFor(site, `yardstick, round ${round}`, scheduled),
    (outcome) => {
      state.update('yardsticks', scheduled, () => ({ ...scheduled, between, ...outcome }));
    },
  );
}
