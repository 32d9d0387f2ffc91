import type { Baseline } from '../../model/arm.ts';
import type { Sweep, SweepPoint, SweptPlan, SweptTimes } from '../../model/sweep.ts';

/** One read or write on one baseline, at every scale at which it was timed. */
export interface TimedRow {
  id: string;
  title: string;
  baseline: Baseline;
  /** The table whose rows are counted, where one is known. */
  table: string | undefined;
  /** Ascending. */
  sizes: readonly TimedSize[];
}

export interface TimedSize {
  scale: number;
  /** Of the table. */
  rows: number | undefined;
  times: SweptTimes;
  plan: SweptPlan | undefined;
}

type Timed = (point: SweepPoint) => readonly SweptTimes[];

/** In the order of the suite, one baseline after another. */
export function timedRows({ points, baselines, crossovers }: Sweep, timed: Timed): TimedRow[] {
  const all = baselines.flatMap((baseline) =>
    points.flatMap((point) => timed(point).filter((times) => times.baseline === baseline)),
  );
  const firsts = all.filter((one, place) => all.findIndex((other) => isSame(one, other)) === place);
  return firsts.map((item) => {
    const { id, title, baseline } = item;
    const table = crossovers.find(({ of, read }) => of === 'time' && read === id)?.table;
    const sizes = points.flatMap((point) => sizesAt(point, timed(point), item, table));
    return { id, title, baseline, table, sizes };
  });
}

const isSame = (a: SweptTimes, b: SweptTimes): boolean => a.id === b.id && a.baseline === b.baseline;

function sizesAt(
  point: SweepPoint,
  timed: readonly SweptTimes[],
  item: SweptTimes,
  table: string | undefined,
): TimedSize[] {
  const times = timed.find((one) => isSame(one, item));
  if (!times) return [];
  const plan = point.plans.find(({ read, baseline }) => read === item.id && baseline === item.baseline);
  const rows = point.tables.find((one) => one.table === table)?.rows;
  return [{ scale: point.scale, rows, times, plan }];
}
