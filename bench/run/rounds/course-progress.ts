import { FEWEST_ROUNDS } from '../../analyse/precision.ts';
import type { ItemProgress, Progress } from '../../model/progress.ts';
import type { Course } from './course.ts';
import type { RoundBudget } from './round-budget.ts';

/** Shows courses on their way through the rounds. */
export class CourseProgress {
  readonly #courses: readonly Course[];
  readonly #budget: RoundBudget;
  readonly #progress: Progress;
  readonly #finished = new Set<Course>();
  #longestRoundSeconds: number | undefined;

  constructor(courses: readonly Course[], budget: RoundBudget, progress: Progress) {
    this.#courses = courses;
    this.#budget = budget;
    this.#progress = progress;
  }

  visiting(course: Course, round: number): void {
    this.#progress.itemStarted(this.#statusOf(course, round));
  }

  visited(course: Course, round: number): void {
    this.#progress.itemAdvanced(this.#statusOf(course, round), course.pairs, course.shown);
  }

  roundEnded(seconds: number): void {
    this.#longestRoundSeconds = Math.max(seconds, this.#longestRoundSeconds ?? 0);
    for (const course of this.#courses) if (course.isSettled) this.#finish(course);
  }

  /** The courses whose budget is used up. */
  ended(): void {
    for (const course of this.#courses) this.#finish(course);
  }

  #finish(course: Course): void {
    if (this.#finished.has(course)) return;
    this.#finished.add(course);
    const status = this.#statusOf(course);
    const { pairs, shown, failure } = course;
    this.#progress.itemStarted(status);
    this.#progress.itemAdvanced(status, pairs, shown);
    this.#progress.itemFinished(status, failure && `failed: ${failure.message}`);
  }

  /** The rounds that every course gets may take longer than the budget; before the first has ended nobody knows. */
  get #secondsLeft(): number | undefined {
    const going = this.#courses.filter(({ isSettled }) => !isSettled);
    const missing = FEWEST_ROUNDS - Math.min(FEWEST_ROUNDS, ...going.map(({ rounds }) => rounds));
    if (missing === 0) return this.#budget.secondsLeft;
    if (this.#longestRoundSeconds === undefined) return undefined;
    return Math.max(this.#budget.secondsLeft ?? 0, missing * this.#longestRoundSeconds);
  }

  #statusOf({ unit: { item, baseline, title } }: Course, round?: number): ItemProgress {
    return {
      ordinal: this.#finished.size,
      total: this.#courses.length,
      ...(round !== undefined && { round }),
      baseline,
      title,
      metric: item.kind === 'read' ? 'speedup' : 'overhead',
      secondsLeft: this.#secondsLeft,
    };
  }
}
