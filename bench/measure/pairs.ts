import type { Arm, PerArm } from '../model/arm.ts';
import type { Disturbance } from '../model/disturbance.ts';
import type { Timed } from '../model/measurement.ts';
import { mergeHistograms } from '../model/histogram.ts';
import type { Block, Pair } from '../model/pair.ts';
import { withoutHistogram, type TimedBlock } from './block.ts';
import { keepLookout } from './disturbances.ts';
import { sessionsOf, type Observers } from './observer.ts';
import type { TimeOnServer } from './statement-clock.ts';

/** Measures one arm for the pair with this ordinal, from 0. */
export type MeasureArm<T> = (pair: number) => Promise<T>;

/** What runs the pairs of a statement. */
export interface PairRunner<Measured extends Block = TimedBlock> {
  /** Prepares both arms for the pair with this ordinal, from 0. */
  prime: (pair: number) => Promise<void>;
  /** Runs a block of each arm, beginning with `first`. */
  run: (first: Arm, pair: number) => Promise<PerArm<Measured>>;
  timeOnServer: TimeOnServer;
}

/** The settings for timing pairs. */
export interface Timing {
  /** Which arm runs first in each pair. */
  order: Iterable<Arm>;
  enough: Enough;
  observers: Observers;
}

/** Whether the pairs so far are enough; called after each pair. */
export type Enough = (pairs: readonly Pair[]) => boolean;

/** Runs pairs in the given order until they are `enough` or the order ends. */
export async function measurePairs(runner: PairRunner, { order, enough, observers }: Timing): Promise<Timed> {
  const pairs: Pair[] = [];
  const timed: PerArm<TimedBlock>[] = [];
  const disturbances: Disturbance[] = [];
  const lookOut = await keepLookout(sessionsOf(observers));
  for (const first of order) {
    const blocks = await runPair(runner, first, pairs.length);
    const [before, after] = [withoutHistogram(blocks.before), withoutHistogram(blocks.after)];
    timed.push(blocks);
    pairs.push({ first, before, after });
    disturbances.push(...(await lookOut(pairs.length)));
    if (enough(pairs)) break;
  }
  const tookOn = (arm: Arm) => mergeHistograms(timed.map((blocks) => blocks[arm].histogram));
  return { pairs, disturbances, executions: [{ before: tookOn('before'), after: tookOn('after') }] };
}

/** Runs one pair. While it is timed, nothing else happens. */
export async function runPair<Measured extends Block>(
  { prime, run, timeOnServer }: PairRunner<Measured>,
  first: Arm,
  ordinal: number,
): Promise<PerArm<Measured>> {
  await prime(ordinal);
  return timeOnServer(() => run(first, ordinal));
}

/** Measures both arms once, `first` before the other. */
export async function measureArms<T>(
  arms: PerArm<MeasureArm<T>>,
  first: Arm,
  ordinal: number,
): Promise<PerArm<T>> {
  if (first === 'before') {
    const before = await arms.before(ordinal);
    return { before, after: await arms.after(ordinal) };
  }
  const after = await arms.after(ordinal);
  return { before: await arms.before(ordinal), after };
}
