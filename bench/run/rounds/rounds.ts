import { shuffled } from '../../../seed/distributions.ts';
import { judgeRounds } from '../../analyse/rounds.ts';
import { evictPages } from '../../database/evict.ts';
import type { Server } from '../../database/server.ts';
import { watchClock } from '../../measure/disturbances.ts';
import { keepWatch, type LookAtMachine } from '../../measure/machine-watch.ts';
import { forgetStatementsOn } from '../observer.ts';
import type { ObservedSite } from '../sites.ts';
import type { Course } from './course.ts';
import { lastRoundOf } from '../timed-in-rounds.ts';
import { openAll, type CourseGroup } from './course-group.ts';
import type { Opened, Visits } from './opened.ts';
import { CourseProgress } from './course-progress.ts';
import type { RoundBudget } from './round-budget.ts';

interface Rounds {
  site: ObservedSite;
  budget: RoundBudget;
  progress: CourseProgress;
  lookAtMachine: LookAtMachine;
}

/**
 * Visits all courses in one round after another, each in a new random order, until they are precise or the budget is
 * used up: the pairs of each are spread over the whole time, and its interval contains what the machine does meanwhile
 * (Kalibera and Jones 2013, "Rigorous benchmarking in reasonable time": repeat at the level where variation enters).
 *
 * @param begun is told when all groups have been opened for the first time: the budget begins there
 */
export async function measureRounds(
  groups: readonly CourseGroup[],
  budget: RoundBudget,
  site: ObservedSite,
  begun: () => void,
): Promise<void> {
  let progress: CourseProgress | undefined;
  for (let due = dueOf(groups, budget); due.length > 0; due = dueOf(groups, budget)) {
    await openAll(due, site, async ({ copyingSeconds, pinned, ...opened }) => {
      if (!progress) {
        begun();
        budget.begin();
      }
      progress ??= new CourseProgress(coursesOf(groups), budget, site.progress);
      const lookAtMachine = await keepWatch(pinned.observer.core);
      const rounds = { site: pinned, budget, progress, lookAtMachine };
      await roundsFor(worthRenewing(site.server, copyingSeconds), coursesOf(due), opened, rounds);
    });
  }
  progress?.ended();
}

const coursesOf = (groups: readonly CourseGroup[]): Course[] => groups.flatMap(({ courses = [] }) => courses);

/** Those with something left to count or to time. */
const dueOf = (groups: readonly CourseGroup[], budget: RoundBudget): CourseGroup[] =>
  groups.filter(({ courses }) => !courses || courses.some((course) => budget.covers(course)));

/** Copies are made anew when rounds on them have taken so many times as long as making them. */
const TIMES_AS_LONG = 20;

/** On others' servers copies stay: each dropped one costs a checkpoint. */
const worthRenewing = ({ isOurs }: Server, copyingSeconds: number): number =>
  isOurs ? TIMES_AS_LONG * copyingSeconds : Infinity;

/** Rounds on the same copies, for about so many seconds. */
async function roundsFor(
  seconds: number,
  courses: readonly Course[],
  { withinRound, moved }: Opened,
  rounds: Rounds,
): Promise<void> {
  const { site, budget } = rounds;
  const endsAtSeconds = budget.secondsSinceStart + seconds;
  let going = courses;
  do {
    const due: readonly Course[] = going.filter((course) => budget.covers(course));
    if (due.length === 0) return;
    await forgetStatementsOn(site);
    await movePages(moved, site);
    going = await withinRound((visits) => oneRound(due, visits, rounds));
  } while (budget.secondsSinceStart < endsAtSeconds);
}

/** Where all is in memory: elsewhere pages move by themselves. */
async function movePages(databases: readonly string[], { observer, state }: ObservedSite): Promise<void> {
  if (databases.length > 0 && observer.evicts && state.memory?.regime === 'in memory')
    await evictPages(observer.connection, databases);
}

/** @returns the courses that have rows left to write to */
async function oneRound(due: readonly Course[], visits: Visits, rounds: Rounds): Promise<Course[]> {
  const { site, budget, progress, lookAtMachine } = rounds;
  const { state, store, randomFor } = site;
  const ordinal = lastRoundOf(state.measured) + 1;
  const startedAtSeconds = budget.secondsSinceStart;
  const clockStep = watchClock();
  const going: Course[] = [];
  for (const course of shuffled(randomFor(`round ${ordinal}`), due)) {
    const visit = visits.get(course);
    if (!visit) continue;
    progress.visiting(course, ordinal);
    if (await course.take(visit, ordinal)) going.push(course);
    progress.visited(course, ordinal);
  }
  const seconds = budget.secondsSinceStart - startedAtSeconds;
  const clockStepMs = clockStep();
  const reference = await lookAtMachine();
  const step = clockStepMs === undefined ? {} : { clockStepMs };
  state.addRound({ ordinal, startedAtSeconds, seconds, reference, ...step });
  const last = judgeRounds(state.measured.rounds, []).at(-1);
  for (const course of due) course.endRound(last?.state === 'quiet');
  await store.save();
  progress.roundEnded(seconds);
  return going;
}
