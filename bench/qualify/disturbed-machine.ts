import { chance, normal } from '../../seed/distributions.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Random } from '../model/work-item.ts';
import type { RoundPair } from './coverage.ts';

/**
 * A machine whose memory is shared with strangers, as one was observed: a scan that takes 1.6 ms at rest takes 2 to
 * 5.8 ms in states that last 2 to 15 s, longer than a visit to an item. An index lookup hardly notices.
 */
const SHARE_DISTURBED = 1 / 3;
const LASTS_SECONDS = [2, 15] as const;
const SLOWED_DOWN = [2 / 1.6, 5.8 / 1.6] as const;

/** The arms of an item, by the power of the slow-down that their durations follow: 1 for a scan, 0 for no memory. */
export interface SimulatedArms {
  title: string;
  follows: PerArm<number>;
  /** By what share the power differs from state to state, on each arm apart. */
  unevenness: number;
}

const [SCAN, SMALLER_SCAN, LOOKUP, SMALLER_LOOKUP] = [1, 0.7, 0.05, 0.03];

export const SIMULATED_ARMS: readonly SimulatedArms[] = [
  { title: 'a scan and an index lookup', follows: { before: SCAN, after: LOOKUP }, unevenness: 0.2 },
  { title: 'a scan and a smaller one', follows: { before: SCAN, after: SMALLER_SCAN }, unevenness: 0.2 },
  { title: 'two index lookups', follows: { before: LOOKUP, after: SMALLER_LOOKUP }, unevenness: 0.2 },
  { title: 'identical scans', follows: { before: SCAN, after: SCAN }, unevenness: 0.03 },
];

const ROUND_SECONDS = 10;
const PAIR_SECONDS = 0.04;
/** No run begins with a new state. */
const RUNNING_SECONDS = 60;

/** Gives the pairs of one run, in order. At rest both arms take 1. */
export function disturbedRun(
  random: Random,
  arms: SimulatedArms,
  pairsAVisit: number,
): (ordinal: number) => RoundPair {
  const stateAt = disturbedMachine(random, arms);
  let visit = { atSeconds: 0, sessions: { before: 0, after: 0 } };
  return (ordinal) => {
    const [round, pair] = [Math.floor(ordinal / pairsAVisit), ordinal % pairsAVisit];
    if (pair === 0)
      visit = {
        atSeconds: RUNNING_SECONDS + (round + random()) * ROUND_SECONDS,
        sessions: { before: normal(random, 0, SESSION), after: normal(random, 0, SESSION) },
      };
    const slowdown = stateAt(visit.atSeconds + pair * PAIR_SECONDS);
    const duration = (arm: Arm): number =>
      Math.exp(slowdown[arm] + visit.sessions[arm] + blockNoise(random, slowdown[arm]));
    return { round: round + 1, before: duration('before'), after: duration('after') };
  };
}

/** Scatter of a session's memory layout, as the standard deviation of a log duration. */
const SESSION = 0.01;

/** Of a block: its own scatter, more in a disturbed state, and now and then a delay. */
const blockNoise = (random: Random, slowdown: number): number =>
  normal(random, 0, 0.02 + 0.08 * Math.abs(slowdown)) +
  (chance(random, 0.05) ? -0.2 * Math.log(1 - random()) : 0);

/** The log of the slow-down of each arm at a time, in seconds; asked in the order of time. */
export function disturbedMachine(
  random: Random,
  { follows, unevenness }: SimulatedArms,
): (seconds: number) => PerArm<number> {
  let state = { ends: 0, slowdown: { before: 0, after: 0 } };
  return (seconds) => {
    while (state.ends <= seconds) {
      const size = chance(random, SHARE_DISTURBED) ? logUniform(random, SLOWED_DOWN) : 0;
      const of = (arm: Arm): number => size * follows[arm] * (1 + normal(random, 0, unevenness));
      state = {
        ends: state.ends + Math.exp(logUniform(random, LASTS_SECONDS)),
        slowdown: { before: of('before'), after: of('after') },
      };
    }
    return state.slowdown;
  };
}

/** The logarithm of a value between two, all orders of magnitude equally likely. */
const logUniform = (random: Random, [low, high]: readonly [number, number]): number =>
  Math.log(low) + random() * Math.log(high / low);
