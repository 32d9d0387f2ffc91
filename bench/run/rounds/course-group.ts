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
  courses: readonly Course[];
  /** Copies of the arms that exist while it is open. */
  copies: number;
  /** Sessions that it has in a round, at most. */
  sessions: number;
  open: <T>(use: (opened: Opened) => Promise<T>) => Promise<T>;
}

/** Rounds that have nothing of their own. */
export const inEveryRound = (visits: Visits): Opened => ({ withinRound: (use) => use(visits), moved: [] });

/** Opens groups one inside another, their rounds as well, and closes them in the reverse order. */
export function openAll<T>(groups: readonly CourseGroup[], use: (opened: Opened) => Promise<T>): Promise<T> {
  const [first, ...others] = groups;
  if (!first) return use(inEveryRound(new Map()));
  return first.open((own) => openAll(others, (rest) => use(both(own, rest))));
}

const both = (own: Opened, rest: Opened): Opened => ({
  withinRound: (visit) =>
    own.withinRound((some) => rest.withinRound((more) => visit(new Map([...some, ...more])))),
  moved: [...own.moved, ...rest.moved],
});
