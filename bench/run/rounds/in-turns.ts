import type { Sequence } from '../../model/pair.ts';
import type { RunState } from '../run-state.ts';
import { lastRoundOf } from '../timed-in-rounds.ts';
import type { Opened, Visits } from './opened.ts';
import type { Visit } from './course.ts';

/**
 * Both sequences of a cross-over: whatever the servers' difference does steadily in the course of a run meets both alike
 * (Jones and Kenward, "Design and Analysis of Cross-Over Trials").
 */
const ORDER: readonly Sequence[] = ['AB', 'BA', 'BA', 'AB'];

/** The sequence of a round. @param ordinal from 1 */
const sequenceOf = (ordinal: number): Sequence => ORDER[(ordinal - 1) % ORDER.length] ?? 'AB';

/** Opened in the one placement of a run, or in both: then each round takes that of its sequence, and its pairs keep which. */
export function inTurns([ab, ba]: readonly Opened[], { measured }: Pick<RunState, 'measured'>): Opened {
  if (!ab) throw new Error('a run has a placement');
  if (!ba) return ab;
  return {
    withinRound: (use) => {
      const sequence = sequenceOf(lastRoundOf(measured) + 1);
      const opened = sequence === 'AB' ? ab : ba;
      return opened.withinRound((visits) => use(keeping(sequence, visits)));
    },
    moved: [...ab.moved, ...ba.moved],
  };
}

const keeping = (sequence: Sequence, visits: Visits): Visits =>
  new Map(Array.from(visits, ([course, visit]) => [course, noting(sequence, visit)]));

const noting =
  (sequence: Sequence, visit: Visit): Visit =>
  async (timing) => {
    const timed = await visit(timing);
    return { ...timed, pairs: timed.pairs.map((pair) => ({ ...pair, sequence })) };
  };
