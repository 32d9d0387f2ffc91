import { FEWEST_ROUNDS } from '../../analyse/precision.ts';
import type { Course } from './course.ts';

/** The time to measure in. Every course gets as many rounds as its interval needs, however long they take. */
export class RoundBudget {
  readonly #now: () => number;
  readonly #startMs: number;
  readonly #endMs: number;

  /** @param now a monotonic clock, in milliseconds */
  constructor(seconds: number, now: () => number) {
    this.#now = now;
    this.#startMs = now();
    this.#endMs = this.#startMs + seconds * 1000;
  }

  get secondsSinceStart(): number {
    return (this.#now() - this.#startMs) / 1000;
  }

  /** The rest of it, at most: precise courses end earlier. Undefined once it is used up. */
  get secondsLeft(): number | undefined {
    const seconds = (this.#endMs - this.#now()) / 1000;
    return seconds > 0 ? seconds : undefined;
  }

  /** Whether a round has to visit this course. */
  covers({ isSettled, rounds }: Course): boolean {
    return !isSettled && (rounds < FEWEST_ROUNDS || this.secondsLeft !== undefined);
  }
}
