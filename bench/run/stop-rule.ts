import { clientDurations, speedup } from '../analyse/estimates.ts';
import { fewestForInterval } from '../analyse/order-statistics.ts';
import { isSettled, LOOKS, nextLook, type PrecisionTarget } from '../analyse/precision.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Pair } from '../model/pair.ts';
import type { Budget, Deadlines } from './budget.ts';

/**
 * When to stop adding pairs: at a look whose interval is precise, at the most pairs, or when time is up: at a look
 * from which the next would come too late, and between looks only when there is none left at all. What the interval
 * says plays no part.
 */
export function stopRule(
  precision: PrecisionTarget,
  budget: Budget,
  { softMs, hardMs }: Deadlines,
  onPair: (pairs: number, estimate: Estimate | undefined) => void,
): (pairs: readonly Pair[]) => boolean {
  let firstPairMs = 0;
  return (pairs) => {
    const { length } = pairs;
    if (length === 1) firstPairMs = budget.nowMs;
    const estimate = speedup(clientDurations(pairs), precision);
    onPair(length, estimate);
    if (isSettled(length, estimate, precision)) return true;
    if (LOOKS.includes(length)) {
      const pairMs = (budget.nowMs - firstPairMs) / (length - 1);
      return budget.nowMs + (nextLook(length) - length) * pairMs > softMs;
    }
    return length >= fewestForInterval() && budget.nowMs >= hardMs;
  };
}
