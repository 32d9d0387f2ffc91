import { crossovers } from '../analyse/sweep/crossovers.ts';
import { indexGrowths } from '../analyse/sweep/index-growths.ts';
import type { RunOutcome } from '../model/run.ts';
import type { Sweep, SweepPoint } from '../model/sweep.ts';
import { writeSweep } from '../report/sweep/write-sweep.ts';
import type { Surveyed } from './visit.ts';

/** A sweep as far as it has come. It is written down after every scale. */
export class SweepStore {
  readonly directory: string;
  readonly #rowsOf: (table: string) => number;
  #sweep: Sweep;

  /** @param rowsOf the rows of a table at the size that is predicted at */
  constructor(sweep: Sweep, directory: string, rowsOf: (table: string) => number) {
    this.#sweep = sweep;
    this.directory = directory;
    this.#rowsOf = rowsOf;
  }

  get sweep(): Sweep {
    return this.#sweep;
  }

  /** Whether there is anything to go on with. */
  get isWritten(): boolean {
    return this.#sweep.points.length > 0 || this.#sweep.begun !== undefined;
  }

  pointAt(scale: number): SweepPoint | undefined {
    return this.#sweep.points.find((point) => point.scale === scale);
  }

  /** A run begins, which may end early. */
  async begin(scale: number, run: string): Promise<void> {
    this.#sweep = { ...this.#sweep, begun: { scale, run } };
    await this.#write();
  }

  /** Replaces what was known of the same scale. */
  async add(
    point: SweepPoint,
    { target, workers, postgresVersion, machine, settings }: Surveyed['environment'],
  ): Promise<void> {
    const sweep = { ...this.#sweep };
    delete sweep.begun;
    const others = sweep.points.filter(({ scale }) => scale !== point.scale);
    const points = [...others, point].toSorted((a, b) => a.scale - b.scale);
    const place = { target, ...(workers !== undefined && { workers }) };
    this.#sweep = { ...sweep, environment: { ...place, postgresVersion, machine, settings }, points };
    await this.#write();
  }

  /** A scale that nobody has asked for has been visited. */
  async step(): Promise<void> {
    this.#sweep = { ...this.#sweep, steps: this.#sweep.steps + 1 };
    await this.#write();
  }

  async end(outcome: RunOutcome): Promise<void> {
    this.#sweep = { ...this.#sweep, outcome };
    if (this.isWritten) await this.#write();
  }

  async #write(): Promise<void> {
    const { points, predict, environment } = this.#sweep;
    const settings = environment?.settings ?? {};
    const growths = indexGrowths(points, predict && { rowsOf: this.#rowsOf, settings });
    this.#sweep = { ...this.#sweep, crossovers: crossovers(points), growths };
    await writeSweep(this.directory, this.#sweep);
  }
}
