/** Shares a time to measure in among items: what one leaves over, the ones after it may use. */
export class Budget {
  readonly #endMs: number;
  readonly #startMs: number;
  readonly #total: number;
  readonly #now: () => number;
  #begun = 0;

  /** @param now a monotonic clock, in milliseconds */
  constructor(seconds: number, items: number, now: () => number) {
    this.#now = now;
    this.#startMs = now();
    this.#endMs = this.#startMs + seconds * 1000;
    this.#total = items;
  }

  /** Begins the next item: its ordinal, from 1, and when it has to end. */
  begin(): { ordinal: number; deadlineMs: number } {
    const now = this.#now();
    const left = Math.max(1, this.#total - this.#begun);
    this.#begun += 1;
    return { ordinal: this.#begun, deadlineMs: now + Math.max(0, this.#endMs - now) / left };
  }

  /** From the pace so far; undefined while that says little. */
  secondsLeft(): number | undefined {
    const finished = this.#begun - 1;
    if (finished < 3) return undefined;
    const perItemMs = (this.#now() - this.#startMs) / finished;
    return (perItemMs * (this.#total - finished)) / 1000;
  }

  isOver(deadlineMs: number): boolean {
    return this.#now() >= deadlineMs;
  }
}
