import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Interrupted } from '../model/errors.ts';
import type { Timed } from '../model/measurement.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Dataset, Result } from '../model/result.ts';
import type { Environment, RunOutcome } from '../model/run.ts';
import type { ReadItem, Scheduled } from '../model/work-item.ts';
import { removeResult, writeResult } from '../report/write-report.ts';
import { assembleResult } from './assemble-result.ts';
import { flagsOf } from './describe-run.ts';
import { keptOf } from './kept-measurements.ts';
import type { Measured } from './measured.ts';
import type { RunRequest } from './run-request.ts';
import type { RunState } from './run-state.ts';
import { removeUnfinished, writeUnfinished } from './unfinished.ts';

/**
 * Writes a run's state into its directory. While the run goes on that is unfinished.json alone, after every item: what
 * was measured, and what `--resume` needs. At the end everything is judged together, once, and result.json written. A
 * directory without result.json is therefore one of a run that was killed, or has not ended.
 */
export class RunStore {
  readonly state: RunState;
  #request: RunRequest;
  readonly #directory: string;

  constructor(state: RunState, request: RunRequest) {
    this.state = state;
    this.#request = request;
    this.#directory = join(request.out, state.id);
  }

  /**
   * Until this is accepted, the files of a resumed run stay as they are.
   *
   * @throws NotComparable when a run is resumed, and began on something else
   */
  async begin(environment: Environment, dataset: Dataset): Promise<void> {
    this.state.begin(environment, dataset);
    await this.#makeDirectory();
    await this.#keep();
    await removeResult(this.#directory);
  }

  /** Plans and parameters have values of somebody's rows: nobody else on this machine is to read them. */
  async #makeDirectory(): Promise<void> {
    if (!this.#request.suite.source) return;
    await mkdir(this.#request.out, { recursive: true });
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  /** Before anything is measured: the rows have left other statements than were asked for. */
  async change(request: RunRequest): Promise<void> {
    this.#request = request;
    this.state.change(request);
    await this.#keep();
  }

  async add<K extends keyof Measured>(kind: K, entry: Measured[K][number]): Promise<void> {
    this.state.add(kind, entry);
    await this.#keep();
  }

  /** Keeps what the state has found out meanwhile. */
  save(): Promise<void> {
    return this.#keep();
  }

  async addBufferCold(read: Scheduled<ReadItem>, bufferCold: Outcome<Timed>): Promise<void> {
    this.state.addBufferCold(read, bufferCold);
    await this.#keep();
  }

  /** @returns the result of a run whose every item was attempted */
  async complete(): Promise<Result> {
    const result = await this.#end({ state: 'complete' });
    if (!result) throw new Error('a run that was carried out has a result');
    return result;
  }

  /**
   * Ends a run that could not be carried out. An interruption makes many errors, and is itself none.
   *
   * @returns undefined when the run ended before there was anything to write down
   */
  async endEarly(error: unknown, { aborted, reason }: AbortSignal): Promise<Result | undefined> {
    if (aborted && reason instanceof Interrupted) return this.#end({ state: 'interrupted' });
    const cause: unknown = aborted ? reason : error;
    const message = cause instanceof Error ? cause.message : String(cause);
    return this.#end({ state: 'failed', error: { message } });
  }

  /** Whether `--resume` has a measurement to go on with. */
  get canGoOn(): boolean {
    const measured = Object.values(this.state.measured);
    const isKept = this.#request.command === undefined && !this.#request.server.asTheyAre;
    return isKept && this.state.sources !== undefined && measured.some((entries) => entries.length > 0);
  }

  /** What is needed to go on stays beside the result while anything is missing. */
  async #end(outcome: RunOutcome): Promise<Result | undefined> {
    this.state.end(outcome);
    const { measuredRun, answers } = this.state;
    if (!measuredRun) return undefined;
    const result = assembleResult(measuredRun, this.#request.suite.claims, answers);
    await this.#keep();
    await writeResult(this.#directory, result);
    const rows = [...result.reads, ...result.writes];
    const isWhole = outcome.state === 'complete' && rows.every(({ state }) => state === 'measured');
    if (isWhole) await removeUnfinished(this.#directory);
    return result;
  }

  async #keep(): Promise<void> {
    const { measuredRun, sources } = this.state;
    if (!measuredRun || !sources) return;
    await writeUnfinished(this.#directory, {
      ...measuredRun,
      flags: flagsOf(this.#request),
      sources,
      measured: keptOf(measuredRun.measured),
    });
  }
}
