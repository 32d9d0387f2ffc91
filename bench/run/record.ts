import { join } from 'node:path';
import { medianDurationMs } from '../analyse/estimates.ts';
import { judge } from '../analyse/judge.ts';
import { judgeMigration } from '../analyse/migration.ts';
import { summarize } from '../analyse/summary.ts';
import type { Timed } from '../model/measurement.ts';
import type { IndexAccount, Ledger } from '../model/ledger.ts';
import { isSameWarning, type Failure, type Outcome, type Warning } from '../model/outcome.ts';
import {
  SCHEMA_VERSION,
  type Candidate,
  type Dataset,
  type Result,
  type TableStorage,
} from '../model/result.ts';
import type { Environment, Phase, Run, RunOutcome } from '../model/run.ts';
import type { ReadItem, Scheduled, WriteItem } from '../model/work-item.ts';
import { writeResult } from '../report/write-report.ts';
import { flagsOf } from './describe-run.ts';
import { judgeClaims } from './judge-claims.ts';
import { nothingMeasured, type Measured } from './measured.ts';
import type { ProbeAnswers } from './items/claim-probes.ts';
import { measuredBefore, refuseOtherServer } from './resumption.ts';
import type { RunRequest } from './run-request.ts';
import { keptOf } from './take-over.ts';
import { removeUnfinished, writeUnfinished } from './unfinished.ts';
import type { Sources, Unfinished } from './unfinished-shape.ts';

const NO_DATASET: Dataset = { tables: [], raised: [] };

/** What a run has found out so far. It is on disk after every item, so that a later failure loses nothing. */
export class RunRecord {
  readonly #directory: string;
  readonly #request: RunRequest;
  readonly #resumed: Unfinished | undefined;
  #measured: Measured = nothingMeasured();
  readonly #warnings: Warning[] = [];
  #run: Run;
  #environment: Environment | undefined;
  #sources: Sources | undefined;
  /** Known from the moment on that measuring may begin. */
  #dataset: Dataset | undefined;
  candidate: Candidate;
  storage: TableStorage[] = [];
  #ledger: Ledger | undefined;
  /** The item that is being measured. */
  #attempted: Scheduled<ReadItem | WriteItem> | undefined;
  /** To the suite's claims' probes. */
  answers: ProbeAnswers = new Map();

  /** @param resumed what an earlier process has measured of this run */
  constructor(run: Run, request: RunRequest, resumed?: Unfinished) {
    this.#run = run;
    this.#request = request;
    this.#resumed = resumed;
    this.#directory = join(request.out, run.id);
    this.candidate = { name: request.suite.candidate.name, indexes: [] };
  }

  get dataset(): Dataset {
    return this.#dataset ?? NO_DATASET;
  }

  /**
   * What is to be measured, before anything is started for it. A run that goes on has its measurements from here on.
   *
   * @throws NotComparable when it goes on, and something else was asked for
   */
  ask(sources: Sources): void {
    if (this.#resumed) this.#measured = measuredBefore(this.#resumed, this.#request, sources);
    this.#sources = sources;
  }

  /**
   * What it is measured on. Until this is accepted, the files of a run that goes on stay as they are.
   *
   * @throws NotComparable when it goes on, and began on something else
   */
  begin(environment: Environment, dataset: Dataset): void {
    if (this.#resumed) refuseOtherServer(this.#resumed, environment, dataset);
    this.#environment = environment;
    this.#dataset = dataset;
  }

  /** Whether `--resume` has something to go on with. */
  get canGoOn(): boolean {
    return this.#dataset !== undefined;
  }

  /** Known as soon as a server answers; nothing is on disk before. */
  set environment(environment: Environment) {
    this.#environment = environment;
  }

  set pinning(pinning: Environment['pinning']) {
    if (this.#environment) this.#environment = { ...this.#environment, pinning };
  }

  /** About the run as a whole, each once. */
  addWarnings(warnings: readonly Warning[]): void {
    const isNew = (warning: Warning): boolean =>
      !this.#warnings.some((known) => isSameWarning(known, warning));
    this.#warnings.push(...warnings.filter(isNew));
  }

  /** In milliseconds, a value a block. */
  set roundTrip(blocks: readonly number[]) {
    const roundTripMs = medianDurationMs(blocks);
    if (this.#environment && roundTripMs) this.#environment = { ...this.#environment, roundTripMs };
  }

  addPhase(phase: Phase): void {
    this.#run = { ...this.#run, phases: [...this.#run.phases, phase] };
  }

  /** So far: not to be changed but through `add`. */
  get measured(): Readonly<Measured> {
    return this.#measured;
  }

  /** Says what is about to be measured, so that a failure that ends the run is put down to it. */
  attempt(item: Scheduled<ReadItem | WriteItem>): void {
    this.#attempted = item;
  }

  async add<K extends keyof Measured>(kind: K, entry: Measured[K][number]): Promise<void> {
    (this.#measured[kind] as Measured[K][number][]).push(entry);
    this.#attempted = undefined;
    await this.#save();
  }

  /** Completes a read that has been added. */
  async addBufferCold({ item, baseline }: Scheduled<ReadItem>, bufferCold: Outcome<Timed>): Promise<void> {
    const { reads } = this.#measured;
    const position = reads.findIndex((read) => read.item.id === item.id && read.baseline === baseline);
    const read = reads[position];
    if (read?.state === 'measured') reads[position] = { ...read, bufferCold };
    await this.#save();
  }

  openLedger(ledger: Ledger): void {
    this.#ledger = ledger;
  }

  /** Replaces an account of the same index. */
  async addAccount(account: IndexAccount): Promise<void> {
    if (!this.#ledger) return;
    const { accounts } = this.#ledger;
    const position = accounts.findIndex(({ name }) => name === account.name);
    accounts.splice(position < 0 ? accounts.length : position, 1, account);
    await this.#save();
  }

  /** @returns the result of a run whose every item was attempted */
  async complete(): Promise<Result> {
    const result = await this.finish({ state: 'complete' });
    if (!result) throw new Error('a run that was carried out has a result');
    return result;
  }

  /**
   * Ends the record. What is needed to go on stays beside the result while anything is missing.
   *
   * @returns undefined when the run ended before there was anything to record
   */
  async finish(outcome: RunOutcome): Promise<Result | undefined> {
    if (outcome.state === 'failed') this.#failAttempted(outcome.error);
    this.#run = { ...this.#run, outcome };
    await this.#save();
    const rows = [...this.#measured.reads, ...this.#measured.writes];
    const isWhole = outcome.state === 'complete' && rows.every(({ state }) => state === 'measured');
    if (isWhole) await removeUnfinished(this.#directory);
    return this.#result();
  }

  #failAttempted(error: Failure): void {
    if (!this.#attempted) return;
    const { item, baseline } = this.#attempted;
    if (item.kind === 'read')
      this.#measured.reads.push({ item, baseline, parameters: [], state: 'failed', error });
    else this.#measured.writes.push({ item, baseline, state: 'failed', error });
  }

  async #save(): Promise<void> {
    const [result, unfinished] = [this.#result(), this.#unfinished()];
    if (unfinished) await writeUnfinished(this.#directory, unfinished);
    if (result) await writeResult(this.#directory, result);
  }

  #unfinished(): Parameters<typeof writeUnfinished>[1] | undefined {
    if (!this.#environment || !this.#sources || !this.#dataset) return undefined;
    return {
      flags: flagsOf(this.#request),
      run: this.#run,
      environment: this.#environment,
      dataset: this.#dataset,
      sources: this.#sources,
      measured: keptOf(this.#measured),
    };
  }

  #result(): Result | undefined {
    if (!this.#environment || (this.#resumed && !this.#dataset)) return undefined;
    const found = {
      schemaVersion: SCHEMA_VERSION,
      run: this.#run,
      environment: this.#environment,
      dataset: this.dataset,
      candidate: this.candidate,
      ...judge(this.#measured),
      concurrency: this.#measured.concurrency,
      opportunities: this.#measured.opportunities,
      storage: this.storage,
      ...(this.#ledger && { ledger: this.#ledger }),
      warnings: this.#warnings,
    } as const satisfies Partial<Result>;
    const migration = judgeMigration(found);
    const claims = judgeClaims(this.#request.suite.claims ?? [], found, this.answers);
    const judged = { ...found, claims, ...(migration && { migration }) };
    return { ...judged, summary: summarize(judged) };
  }
}
