import { FEWEST_ROUNDS } from '../../analyse/precision.ts';
import type { Course } from './course.ts';

/** The time to measure in. Every course gets as many rounds as its interval needs, however long they take. */
export class RoundBudget {
  readonly #seconds: number;
  readonly #now: () => number;
  #startMs: number;

  /** @param now a monotonic clock, in milliseconds */
  constructor(seconds: number, now: () => number) {
    this.#seconds = seconds;
    this.#now = now;
    this.#startMs = now();
  }

  /** What came before was no part of it. */
  begin(): void {
    this.#startMs = this.#now();
  }

  get secondsSinceStart(): number {
    return (this.#now() - this.#startMs) / 1000;
  }

  /** The rest of it, at most: precise courses end earlier. Undefined once it is used up. */
  get secondsLeft(): number | undefined {
    const seconds = this.#seconds - this.secondsSinceStart;
    return seconds > 0 ? seconds : undefined;
  }

  /** Whether a round has to visit this course. */
  covers({ isSettled, rounds }: Course): boolean {
    return !isSettled && (rounds < FEWEST_ROUNDS || this.secondsLeft !== undefined);
  }
}
