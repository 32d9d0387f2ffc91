import { bracketOf, nextScale } from '../analyse/sweep/next-scale.ts';
import { Interrupted } from '../model/errors.ts';
import type { ReadResult, WriteResult } from '../model/item-result.ts';
import type { Crossover } from '../model/crossover.ts';
import { isNoisy } from '../model/outcome.ts';
import type { SweepPoint, SweptTimes } from '../model/sweep.ts';
import { chosenItems } from '../run/chosen-items.ts';
import type { RunRequest } from '../run/run-request.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import { refuseWithoutRoom } from './refuse-without-room.ts';
import type { SweepRequest } from './sweep-request.ts';
import type { SweepStore } from './sweep-store.ts';
import { visitTimed, visitUntimed, type SweepContext } from './visit.ts';

/** A scale to visit, and what to time there; nothing where only plans and builds are wanted. */
interface Visit {
  scale: number;
  /** Ids; empty for all that a run measures. */
  timed: readonly string[] | undefined;
  /** For whoever watches: "scale 3 of 3". */
  place: string;
}

/** Where a sweep goes on. */
export interface SweepSite extends SweepContext {
  store: SweepStore;
  /** The run that an earlier process has begun at a scale. */
  unfinishedAt: (scale: number) => Promise<Unfinished | undefined>;
}

/** Visits every scale that was asked for, then those that tell where something begins. */
export async function carryOutSweep(request: SweepRequest, site: SweepSite): Promise<void> {
  try {
    await refuseWithoutRoom(request, site);
    for (const one of askedVisits(request))
      if (!site.store.pointAt(one.scale)) await visit(one, request, site);
    for (let next = nextVisit(request, site); next; next = nextVisit(request, site)) {
      await visit(next, request, site);
      await site.store.step();
    }
    await site.store.end({ state: 'complete' });
  } catch (error) {
    await site.store.end(endOf(error, site.signal));
    throw error;
  }
}

const askedVisits = ({ scales, isTimed, run }: SweepRequest): Visit[] =>
  scales.map((scale, at) => ({
    scale,
    timed: isTimed ? run.only : undefined,
    place: `${at + 1} of ${scales.length}`,
  }));

function endOf(
  error: unknown,
  { aborted, reason }: AbortSignal,
): { state: 'interrupted' } | { state: 'failed'; error: { message: string } } {
  const cause: unknown = aborted ? reason : error;
  if (cause instanceof Interrupted) return { state: 'interrupted' };
  return { state: 'failed', error: { message: cause instanceof Error ? cause.message : String(cause) } };
}

/** Plans first: they take no time, and where a plan stays the same nothing has to be timed. */
function nextVisit({ steps, isTimed }: SweepRequest, { store }: SweepSite): Visit | undefined {
  const { points, crossovers, steps: made } = store.sweep;
  if (made >= steps) return undefined;
  const open = (of: Crossover['of']) =>
    crossovers.flatMap((crossover) => {
      const bracket = crossover.of === of ? bracketOf(crossover) : undefined;
      return bracket ? [{ ...bracket, read: crossover.read }] : [];
    });
  const place = `to find where it begins, ${made + 1} of at most ${steps}`;
  const plans = nextScale(open('plan'));
  if (plans !== undefined) return { scale: plans, timed: undefined, place };
  const times = isTimed ? open('time') : [];
  const scale = untimedIn(times, points) ?? nextScale(times);
  if (scale === undefined) return undefined;
  const reads = times.filter(({ low, high }) => low < scale && scale < high).map(({ read }) => read);
  return { scale, timed: [...new Set(reads)], place };
}

/** The smallest scale within a bracket whose plans are known: the candidate most likely begins to pay where a plan changes. */
const untimedIn = (
  brackets: readonly { low: number; high: number }[],
  points: readonly SweepPoint[],
): number | undefined =>
  points.find(({ scale, run }) => !run && brackets.some(({ low, high }) => low < scale && scale < high))
    ?.scale;

async function visit({ scale, timed, place }: Visit, request: SweepRequest, site: SweepSite): Promise<void> {
  const { store, progress } = site;
  const run = requestAt(scale, timed, request, store);
  progress.started(`scale ${scale}   ${place}`);
  if (!timed) {
    const { survey, environment } = await visitUntimed(run, site);
    await store.add({ scale, ...survey }, environment);
    return;
  }
  const resumed = await site.unfinishedAt(scale);
  const onBegun = (id: string): Promise<void> => store.begin(scale, id);
  const { survey, environment, result } = await visitTimed(run, { resumed, onBegun }, site);
  const [reads, writes] = [result.reads.map(timesOf), result.writes.map(timesOf)];
  await store.add({ scale, ...survey, run: { id: result.run.id, reads, writes } }, environment);
}

/** What is timed again at an added scale gets its share of the time that a whole run aims at. */
function requestAt(
  scale: number,
  timed: Visit['timed'],
  { run }: SweepRequest,
  { directory }: SweepStore,
): RunRequest {
  const only = timed ?? [];
  const { reads, writes } = chosenItems(run);
  const share = only.length === 0 ? 1 : only.length / Math.max(only.length, reads.length + writes.length);
  return { ...run, scale, only, budgetSeconds: run.budgetSeconds * share, out: directory };
}

/** What a sweep keeps of a row: the run's own result has the rest. */
function timesOf(row: ReadResult | WriteResult): SweptTimes {
  const { id, title, baseline } = row;
  if (row.state === 'failed') return { id, title, baseline, state: 'failed', error: row.error };
  const { before, after, estimate, verdict } = row;
  const times = { beforeMs: before.durationMs.point, afterMs: after.durationMs.point };
  const noise = { isNoisy: isNoisy(row.warnings) };
  return { id, title, baseline, state: 'measured', ...times, estimate, verdict, ...noise };
}
