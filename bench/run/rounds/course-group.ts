import { durationOf } from '../../measure/block.ts';
import type { PerArm } from '../../model/arm.ts';
import { leaveInPageCache } from '../../database/page-cache.ts';
import { withCopies } from '../items/copies.ts';
import { onOneCore } from '../observer.ts';
import type { ObservedSite } from '../sites.ts';
import type { Course, Visit } from './course.ts';

/** How each course is visited in a round. */
export type Visits = ReadonlyMap<Course, Visit>;

/** Runs `use` with what a round has of its own, such as sessions. */
type WithinRound = <T>(use: (visits: Visits) => Promise<T>) => Promise<T>;

/** What an open group offers to each of its rounds. */
export interface Opened {
  withinRound: WithinRound;
  /** Databases whose pages each round finds in other buffers. */
  moved: readonly string[];
}

/** Courses that share databases. */
export interface CourseGroup {
  /** So many items, each in a course or two. */
  items: number;
  /** Undefined before it is opened for the first time, where something has to be counted then. */
  readonly courses: readonly Course[] | undefined;
  databases: PerArm<string>;
  /** Of these databases, made for it and dropped when it is closed; none where nothing writes to them. */
  copies: 0 | 2;
  /** Sessions that it has in a round, at most. */
  sessions: number;
  /** On its databases, or on their copies. */
  open: <T>(databases: PerArm<string>, use: (opened: Opened) => Promise<T>) => Promise<T>;
}

/** Rounds that have nothing of their own. */
export const inEveryRound = (visits: Visits): Opened => ({ withinRound: (use) => use(visits), moved: [] });

/** Once they are open. */
export interface AllOpened extends Opened {
  /** Until their copies were there, and on the disk. */
  copyingSeconds: number;
  pinned: ObservedSite;
}

/**
 * Makes all copies, on all cores; then opens the groups on one core, one inside another, their rounds as well, and closes them
 * in the reverse order. All is on the disk before anything is timed.
 */
export async function openAll<T>(
  groups: readonly CourseGroup[],
  site: ObservedSite,
  use: (opened: AllOpened) => Promise<T>,
): Promise<T> {
  const startMs = performance.now();
  const write = await leaveInPageCache(site.server);
  const pairs = groups.filter(isCopied).map(({ databases }) => databases);
  return withCopies(pairs, site, (copies) => {
    const copyingMs = performance.now() - startMs;
    return onOneCore(site, (pinned) =>
      openEach(groups, copies, async (opened) => {
        const writingMs = await durationOf(write);
        return use({ ...opened, copyingSeconds: (copyingMs + writingMs) / 1000, pinned });
      }),
    );
  });
}

const isCopied = ({ copies }: CourseGroup): boolean => copies > 0;

/** @param copies of each group that has some, in the order of the groups */
function openEach<T>(
  [first, ...others]: readonly CourseGroup[],
  copies: readonly PerArm<string>[],
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const [databases, ...left] = first && !isCopied(first) ? [first.databases, ...copies] : copies;
  if (!first || !databases) return use(inEveryRound(new Map()));
  return first.open(databases, (own) => openEach(others, left, (rest) => use(both(own, rest))));
}

const both = (own: Opened, rest: Opened): Opened => ({
  withinRound: (visit) =>
    own.withinRound((some) => rest.withinRound((more) => visit(new Map([...some, ...more])))),
  moved: [...own.moved, ...rest.moved],
});
