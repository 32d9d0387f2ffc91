import { randomFor } from '../../seed/random.ts';

/** Enough for the ends of an interval: a percent of them is ten. */
const DRAWS = 1000;

/** How often each round is in a draw, by its position. */
export type Weights = readonly number[];

const known = new Map<number, readonly Weights[]>();

/**
 * As many rounds as there are, drawn from them again and again, each time with replacement (Efron 1979, "Bootstrap
 * methods: another look at the jackknife"). Executions of one round share the state of the machine: whole rounds are
 * drawn, with both arms (Davison and Hinkley 1997, "Bootstrap methods and their application", 3.8). The draws are the
 * same each time.
 */
export function drawnRounds(rounds: number): readonly Weights[] {
  const draws = known.get(rounds) ?? drawn(rounds);
  known.set(rounds, draws);
  return draws;
}

function drawn(rounds: number): Weights[] {
  const random = randomFor(rounds, 'drawn rounds');
  return Array.from({ length: DRAWS }, () => {
    const weights = new Array<number>(rounds).fill(0);
    for (let draw = 0; draw < rounds; draw++) {
      const round = Math.floor(random() * rounds);
      weights[round] = (weights[round] ?? 0) + 1;
    }
    return weights;
  });
}
