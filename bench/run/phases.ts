import { performance } from 'node:perf_hooks';
import type { Progress } from '../model/progress.ts';
import type { Phase } from '../model/run.ts';

/** The steps of a run. Each is shown while it lasts, and noted with its duration at its end. */
export class Phases {
  readonly #progress: Progress;
  readonly #note: (phase: Phase) => void;

  constructor(progress: Progress, note: (phase: Phase) => void) {
    this.#progress = progress;
    this.#note = note;
  }

  /** @returns a function that ends the phase; `detail` sums it up */
  begin(name: string): (detail: string) => void {
    this.#progress.phaseStarted(name);
    const start = performance.now();
    return (detail) => {
      const phase = { name, seconds: (performance.now() - start) / 1000, detail };
      this.#note(phase);
      this.#progress.phaseFinished(phase.name, phase.seconds, phase.detail);
    };
  }

  async during<T>(
    name: string,
    work: () => Promise<T>,
    detail: (value: T, seconds: number) => string,
  ): Promise<T> {
    const end = this.begin(name);
    const start = performance.now();
    const value = await work();
    end(detail(value, (performance.now() - start) / 1000));
    return value;
  }
}
