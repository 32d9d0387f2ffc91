import { randomFor } from '../../seed/random.ts';
import type { Round } from '../model/round.ts';

const SECONDS = 4.7;

/** How many times as long scan and loop took in these rounds, and the share of stolen time. */
const BUSY: Readonly<Record<number, [scan: number, loop: number, stealShare: number]>> = {
  7: [2.9, 1.02, 0.004],
  8: [3.4, 1.31, 0.071],
  14: [1.04, 1.02, 0.113],
};

/** The rounds of a run of 20: three of them disturbed. */
export function sampleRounds(): Round[] {
  const random = randomFor(1, 'rounds');
  const scattered = (value: number): number => value * (1 + 0.08 * random());
  return Array.from({ length: 20 }, (_, position) => {
    const ordinal = position + 1;
    const [scan, loop, stealShare] = BUSY[ordinal] ?? [1, 1, 0];
    return {
      ordinal,
      startedAtSeconds: SECONDS * position,
      seconds: SECONDS,
      reference: { scanMs: scattered(0.4 * scan), loopMs: scattered(2.1 * loop), stealShare },
    };
  });
}
