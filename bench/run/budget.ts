import { clientDurations, speedup } from '../analyse/estimates.ts';
import { fewestForInterval } from '../analyse/order-statistics.ts';
import { isSettled, LOOKS, nextLook, type PrecisionTarget } from '../analyse/precision.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Pair } from '../model/pair.ts';

/** When a unit should end, and when it must, in the clock's milliseconds. */
export interface Deadlines {
  /** A unit with enough pairs continues only to a look that it reaches by then. */
  softMs: number;
  /** A unit with any interval at all ends here. */
  hardMs: number;
}

/**
 * How many times its due a unit may take to become precise. Most units need less, and leave the rest to others. Every
 * unit may take its even shares, even where the units before it have left less.
 */
const SOFT_DUES = 2.5;

/** How many even shares a unit may take to reach its first look: a slow one has few executions a second. */
const MOST_SHARES = 3;

/** Divides the time to measure in among units. What one does not use, the next ones may. */
export class Budget {
  readonly #endMs: number;
  readonly #startMs: number;
  readonly #evenShareMs: number;
  readonly #shares: number;
  readonly #now: () => number;
  #begun = 0;
  /** Those of the units that have ended, and of the one at work. */
  #sharesEnded = 0;
  #sharesAtWork = 0;

  /** @param now a monotonic clock, in milliseconds */
  constructor(seconds: number, shares: number, now: () => number) {
    this.#now = now;
    this.#startMs = now();
    this.#endMs = this.#startMs + seconds * 1000;
    this.#evenShareMs = (seconds * 1000) / shares;
    this.#shares = shares;
  }

  /** Begins the next unit: its ordinal, from 1, and when it has to end. */
  begin(shares: number): { ordinal: number; deadlines: Deadlines } {
    const now = this.#now();
    this.#begun += 1;
    this.#sharesEnded += this.#sharesAtWork;
    this.#sharesAtWork = shares;
    const sharesRemaining = Math.max(shares, this.#shares - this.#sharesEnded);
    const dueMs = (Math.max(0, this.#endMs - now) * shares) / sharesRemaining;
    const softMs = now + Math.max(dueMs * SOFT_DUES, this.#evenShareMs * shares);
    const hardMs = Math.max(softMs, now + this.#evenShareMs * MOST_SHARES);
    return { ordinal: this.#begun, deadlines: { softMs, hardMs } };
  }

  /** Estimated from the pace so far; undefined for the first units. */
  secondsLeft(): number | undefined {
    if (this.#begun < 4) return undefined;
    const perShareMs = (this.#now() - this.#startMs) / this.#sharesEnded;
    return (perShareMs * (this.#shares - this.#sharesEnded)) / 1000;
  }

  get nowMs(): number {
    return this.#now();
  }
}

/**
 * When to stop adding pairs: at a look whose interval is precise, at the maximum of pairs, or when time is up. Time is up
 * at a look if the next one would come too late, and between looks only at the hard deadline. Whether the interval
 * excludes 1 is never asked.
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
