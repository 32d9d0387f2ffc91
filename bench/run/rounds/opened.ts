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

/** Rounds that have nothing of their own. */
export const inEveryRound = (visits: Visits): Opened => ({ withinRound: (use) => use(visits), moved: [] });

/** Of two groups at the same time. */
export const both = (own: Opened, rest: Opened): Opened => ({
  withinRound: (visit) =>
    own.withinRound((some) => rest.withinRound((more) => visit(new Map([...some, ...more])))),
  moved: [...own.moved, ...rest.moved],
});
