import { durationOf } from '../../measure/block.ts';
import type { PerArm } from '../../model/arm.ts';
import { leaveInPageCache } from '../../database/page-cache.ts';
import { withCopies } from '../items/copies.ts';
import { onOneCore } from '../observer.ts';
import { placementsOf, type ObservedSite, type Placement } from '../sites.ts';
import { inTurns } from './in-turns.ts';
import type { Course } from './course.ts';
import { both, inEveryRound, type Opened } from './opened.ts';

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
  /** On its databases, or on their copies, where the site places the arms. */
  open: <T>(
    databases: PerArm<string>,
    placed: ObservedSite,
    use: (opened: Opened) => Promise<T>,
  ) => Promise<T>;
}

/** Once they are open. */
export interface AllOpened extends Opened {
  /** Until their copies were there, and on the disk. */
  copyingSeconds: number;
  pinned: ObservedSite;
}

/**
 * Makes all copies, on all cores; then opens the groups on one core, one inside another, their rounds as well, and closes them
 * in the reverse order. All is on the disk before anything is timed. On two servers each group is open in both placements.
 */
export async function openAll<T>(
  groups: readonly CourseGroup[],
  site: ObservedSite,
  use: (opened: AllOpened) => Promise<T>,
): Promise<T> {
  const startMs = performance.now();
  const write = await leaveInPageCache(site.server);
  const pairs = groups.filter(isCopied).map(({ databases }) => databases);
  return withCopiesInEach(placementsOf(site), pairs, site, (copies) => {
    const copyingMs = performance.now() - startMs;
    return onOneCore(site, (pinned) =>
      openInEach(groups, copies, pinned, async (opened) => {
        const writingMs = await durationOf(write);
        const copyingSeconds = (copyingMs + writingMs) / 1000;
        return use({ ...inTurns(opened, site.state), copyingSeconds, pinned });
      }),
    );
  });
}

/** Copies of pairs in one of the placements of a run. */
interface PlacedCopies {
  placement: Placement;
  copies: readonly PerArm<string>[];
}

function withCopiesInEach<T>(
  [placement, ...others]: readonly Placement[],
  pairs: readonly PerArm<string>[],
  site: ObservedSite,
  use: (placed: readonly PlacedCopies[]) => Promise<T>,
): Promise<T> {
  if (!placement) return use([]);
  return withCopies(pairs, { ...site, placement }, (copies) =>
    withCopiesInEach(others, pairs, site, (rest) => use([{ placement, copies }, ...rest])),
  );
}

function openInEach<T>(
  groups: readonly CourseGroup[],
  [first, ...others]: readonly PlacedCopies[],
  site: ObservedSite,
  use: (opened: readonly Opened[]) => Promise<T>,
): Promise<T> {
  if (!first) return use([]);
  const { placement, copies } = first;
  return openEach(groups, copies, { ...site, placement }, (opened) =>
    openInEach(groups, others, site, (rest) => use([opened, ...rest])),
  );
}

const isCopied = ({ copies }: CourseGroup): boolean => copies > 0;

/** @param copies of each group that has some, in the order of the groups */
function openEach<T>(
  [first, ...others]: readonly CourseGroup[],
  copies: readonly PerArm<string>[],
  placed: ObservedSite,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const [databases, ...left] = first && !isCopied(first) ? [first.databases, ...copies] : copies;
  if (!first || !databases) return use(inEveryRound(new Map()));
  return first.open(databases, placed, (own) =>
    openEach(others, left, placed, (rest) => use(both(own, rest))),
  );
}
