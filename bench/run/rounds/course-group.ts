import type { Course, Visit } from './course.ts';

/** How each course is visited in a round. */
export type Visits = ReadonlyMap<Course, Visit>;

/** Runs `use` with what a round has of its own, sessions say. */
export type WithinRound = <T>(use: (visits: Visits) => Promise<T>) => Promise<T>;

/** Courses that share databases. */
export interface CourseGroup {
  courses: readonly Course[];
  /** Copies of the arms that exist while it is open. */
  copies: number;
  /** Sessions that it has in a round, at most. */
  sessions: number;
  open: <T>(use: (withinRound: WithinRound) => Promise<T>) => Promise<T>;
}

/** Rounds that have nothing of their own. */
export const inEveryRound =
  (visits: Visits): WithinRound =>
  (use) =>
    use(visits);

/** Opens groups one inside another, their rounds as well, and closes them in the reverse order. */
export function openAll<T>(
  groups: readonly CourseGroup[],
  use: (withinRound: WithinRound) => Promise<T>,
): Promise<T> {
  const [first, ...others] = groups;
  if (!first) return use(inEveryRound(new Map()));
  return first.open((own) =>
    openAll(others, (rest) =>
      use((visit) => own((some) => rest((more) => visit(new Map([...some, ...more]))))),
    ),
  );
}
