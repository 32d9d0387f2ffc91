import { chance, normal } from '../../seed/distributions.ts';
import { randomFor } from '../../seed/random.ts';
import type { PerArm } from '../model/arm.ts';
import { histogramOf } from '../model/histogram.ts';
import type { RoundExecutions } from '../model/tails.ts';

/** How the executions of an item are made up. */
interface Made {
  typicalMs: PerArm<number>;
  rounds?: number;
  /** Of each arm in a round. */
  executions?: PerArm<number>;
  /** Every so many executions after, one takes ten times as long. */
  slowEvery?: number;
}

/**
 * Executions as a shared machine has them: those of a round are faster or slower together, on both arms alike, each arm a
 * bit more for its session, and now and then one takes several times as long, in some rounds more often than in others.
 */
export function madeExecutions(
  purpose: string,
  { typicalMs, rounds = 20, executions = { before: 60, after: 60 }, slowEvery = Infinity }: Made,
): RoundExecutions[] {
  const random = randomFor(1, purpose);
  const exponential = (): number => -Math.log(1 - random());
  return Array.from({ length: rounds }, (_, position) => {
    const [state, hiccups] = [normal(random, 0, 0.06), 0.01 * exponential()];
    const times = (count: number, ms: number): number[] => {
      const session = state + normal(random, 0, 0.02);
      const noise = () => normal(random, 0, 0.15) + (chance(random, hiccups) ? 0.8 * exponential() : 0);
      return Array.from({ length: count }, () => ms * Math.exp(session + noise()));
    };
    const first = Math.floor(random() * slowEvery);
    const after = times(executions.after, typicalMs.after).map((ms, ordinal) =>
      (ordinal + first) % slowEvery === 0 ? 10 * ms : ms,
    );
    return {
      round: position + 1,
      before: histogramOf(times(executions.before, typicalMs.before)),
      after: histogramOf(after),
    };
  });
}
