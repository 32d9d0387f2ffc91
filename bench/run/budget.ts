/** When an item should end, and when it must, in the clock's milliseconds. */
export interface Deadlines {
  /** An item with enough pairs ends here. */
  softMs: number;
  /** An item with any interval at all ends here. */
  hardMs: number;
}

/** How many even shares an item may take to get to its first look: a slow one has few executions a second. */
const MOST_SHARES = 3;

/** Shares a time to measure in among items: what one leaves over, the ones after it may use. */
export class Budget {
  readonly #endMs: number;
  readonly #startMs: number;
  readonly #evenShareMs: number;
  readonly #total: number;
  readonly #now: () => number;
  #begun = 0;

  /** @param now a monotonic clock, in milliseconds */
  constructor(seconds: number, items: number, now: () => number) {
    this.#now = now;
    this.#startMs = now();
    this.#endMs = this.#startMs + seconds * 1000;
    this.#evenShareMs = (seconds * 1000) / items;
    this.#total = items;
  }

  /** Begins the next item: its ordinal, from 1, and when it has to end. */
  begin(): { ordinal: number; deadlines: Deadlines } {
    const now = this.#now();
    const share = Math.max(0, this.#endMs - now) / Math.max(1, this.#total - this.#begun);
    this.#begun += 1;
    const hardMs = now + Math.max(share, this.#evenShareMs * MOST_SHARES);
    return { ordinal: this.#begun, deadlines: { softMs: now + share, hardMs } };
  }

  /** From the pace so far; undefined while that says little. */
  secondsLeft(): number | undefined {
    const finished = this.#begun - 1;
    if (finished < 3) return undefined;
    const perItemMs = (this.#now() - this.#startMs) / finished;
    return (perItemMs * (this.#total - finished)) / 1000;
  }

  isPast(deadlineMs: number): boolean {
    return this.#now() >= deadlineMs;
  }
}
