import { speedup } from '../analyse/estimates.ts';
import { FEWEST_FOR_INTERVAL } from '../analyse/order-statistics.ts';
import { isPrecise, LOOKS, MOST_PAIRS, type PrecisionTarget } from '../analyse/precision.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Pair } from '../model/pair.ts';

/**
 * When to stop adding pairs: at a look whose interval is precise, at the most pairs, or when time is up and
 * there is an interval at all. What the interval says plays no part.
 */
export function stopRule(
  precision: PrecisionTarget,
  isTimeUp: () => boolean,
  onPair: (pairs: number, estimate: Estimate | undefined) => void,
): (pairs: readonly Pair[]) => boolean {
  return (pairs) => {
    const estimate = speedup(pairs);
    onPair(pairs.length, estimate);
    if (pairs.length >= MOST_PAIRS) return true;
    if (isTimeUp()) return pairs.length >= FEWEST_FOR_INTERVAL;
    return LOOKS.includes(pairs.length) && estimate !== undefined && isPrecise(estimate, precision);
  };
}
