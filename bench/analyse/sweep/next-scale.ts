import { isClose, type Crossover } from '../../model/crossover.ts';

/** A crossover whose interval is too wide, in scales. */
export interface Bracket {
  low: number;
  high: number;
}

/** Undefined for a crossover that needs no further scale, or that none can settle. */
export function bracketOf(crossover: Crossover): Bracket | undefined {
  const { low, high } = crossover;
  return !low || !high || isClose(crossover) ? undefined : { low: low.scale, high: high.scale };
}

/**
 * The scale that tells most about brackets that are open: the geometric middle of one of them, at which the sum of what all
 * brackets lose at least, in logarithms, is largest. One seeded database serves them all.
 */
export function nextScale(brackets: readonly Bracket[]): number | undefined {
  const middles = brackets.map(({ low, high }) => rounded(Math.sqrt(low * high)));
  const ranked = middles.map((scale) => ({ scale, gain: gainAt(scale, brackets) }));
  const best = ranked.toSorted((a, b) => b.gain - a.gain)[0];
  return best && best.gain > 0 ? best.scale : undefined;
}

/** Whichever half the crossover is in, the bracket loses the other. */
const gainAt = (scale: number, brackets: readonly Bracket[]): number =>
  brackets
    .filter(({ low, high }) => low < scale && scale < high)
    .reduce((sum, { low, high }) => sum + Math.min(Math.log(scale / low), Math.log(high / scale)), 0);

/** Short enough to be typed as `--scale`. */
const rounded = (scale: number): number => Number(scale.toPrecision(4));
