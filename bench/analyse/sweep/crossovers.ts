import type { Baseline } from '../../model/arm.ts';
import type { Crossover } from '../../model/crossover.ts';
import type { SweepPoint, SweptPlan } from '../../model/sweep.ts';
import { largestTable, rowsAt } from './largest-table.ts';

/** Whether something was the case at a scale; undefined where nothing tells. */
type Was = (point: SweepPoint) => boolean | undefined;

/** What is looked for: an index in the plan of a read, or that a read is faster. */
type Subject = Pick<Crossover, 'of' | 'read' | 'title' | 'baseline' | 'index'>;

/**
 * Where the planner begins to use each index of the candidate for a read, and where each read begins to be faster. What is
 * never the case at any scale is in the list, too, but for indexes: these are listed for the reads that use them.
 *
 * @param points ascending
 */
export function crossovers(points: readonly SweepPoint[]): Crossover[] {
  const found: Crossover[] = [];
  for (const { plan, indexes } of readsOf(points)) {
    const { read, title, baseline } = plan;
    const largest = largestTable(points, read);
    if (largest === undefined) continue;
    const add = (subject: Pick<Subject, 'of' | 'index'>, table: string, was: Was): void => {
      const crossover = crossoverOf({ ...subject, read, title, baseline }, table, points, was);
      if (crossover) found.push(crossover);
    };
    for (const index of indexes)
      add({ of: 'plan', index }, tableOf(index, points) ?? largest, usesIndex(read, baseline, index));
    if (points.some(({ run }) => run)) add({ of: 'time' }, largest, isFaster(read, baseline));
  }
  return found;
}

/** Every read on every baseline, with the candidate's indexes that it uses at some scale. */
function readsOf(points: readonly SweepPoint[]): { plan: SweptPlan; indexes: string[] }[] {
  const plans = points.flatMap((point) => point.plans);
  const firsts = plans.filter((plan, place) => plans.findIndex((one) => isSame(one, plan)) === place);
  return firsts.map((plan) => {
    const used = plans.filter((one) => isSame(one, plan)).flatMap(({ candidateIndexes }) => candidateIndexes);
    return { plan, indexes: [...new Set(used)] };
  });
}

const tableOf = (index: string, points: readonly SweepPoint[]): string | undefined =>
  points.flatMap(({ indexes }) => indexes).find((one) => one.index === index)?.table;

const isSame = (a: SweptPlan, b: SweptPlan): boolean => a.read === b.read && a.baseline === b.baseline;

const planAt = ({ plans }: SweepPoint, read: string, baseline: Baseline): SweptPlan | undefined =>
  plans.find((plan) => plan.read === read && plan.baseline === baseline);

const usesIndex =
  (read: string, baseline: Baseline, index: string): Was =>
  (point) =>
    planAt(point, read, baseline)?.candidateIndexes.includes(index);

/** A read whose plan stays the same is not faster; of another one, only a time tells. */
const isFaster =
  (read: string, baseline: Baseline): Was =>
  (point) => {
    const times = point.run?.reads.find((one) => one.id === read && one.baseline === baseline);
    if (times?.state === 'measured') return times.verdict === 'faster';
    return planAt(point, read, baseline)?.changed === false ? false : undefined;
  };

/** The last scale at which it was not the case, and the next one. */
function crossoverOf(
  subject: Subject,
  table: string,
  points: readonly SweepPoint[],
  was: Was,
): Crossover | undefined {
  const known = points.flatMap((point) => {
    const is = was(point);
    return is === undefined ? [] : [{ is, size: { scale: point.scale, rows: rowsAt(point, table) } }];
  });
  const lastWithout = known.findLastIndex(({ is }) => !is);
  const [low, high] = [known[lastWithout]?.size, known[lastWithout + 1]?.size];
  if (!low && !high) return undefined;
  const exceptions = known.slice(0, Math.max(0, lastWithout)).filter(({ is }) => is);
  return {
    ...subject,
    table,
    state: !low ? 'below' : high ? 'found' : 'beyond',
    ...(low && { low }),
    ...(high && { high }),
    exceptions: exceptions.map(({ size }) => size),
  };
}
