import { clientDurations, speedup } from '../analyse/estimates.ts';
import { fewestForInterval } from '../analyse/order-statistics.ts';
import { FIRST_LOOK, isSettled, type PrecisionTarget } from '../analyse/precision.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Pair } from '../model/pair.ts';
import type { Budget, Deadlines } from './budget.ts';

/**
 * When to stop adding pairs: at a look whose interval is precise, at the most pairs, or when time is up, which
 * is later for an item that has not come to its first look. What the interval says plays no part.
 */
export function stopRule(
  precision: PrecisionTarget,
  budget: Budget,
  { softMs, hardMs }: Deadlines,
  onPair: (pairs: number, estimate: Estimate | undefined) => void,
): (pairs: readonly Pair[]) => boolean {
  return (pairs) => {
    const { length } = pairs;
    const estimate = speedup(clientDurations(pairs));
    onPair(length, estimate);
    if (length >= FIRST_LOOK && budget.isPast(softMs)) return true;
    if (length >= fewestForInterval() && budget.isPast(hardMs)) return true;
    return isSettled(length, estimate, precision);
  };
}
