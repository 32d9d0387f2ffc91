import { join } from 'node:path';
import { medianDurationMs } from '../analyse/estimates.ts';
import { judge } from '../analyse/judge.ts';
import { judgeMigration } from '../analyse/migration.ts';
import { summarize } from '../analyse/summary.ts';
import type { Baseline } from '../model/arm.ts';
import type { CanaryMeasurement, ReadMeasurement, Timed, WriteMeasurement } from '../model/measurement.ts';
import type { IndexAccount, Ledger } from '../model/ledger.ts';
import type { Outcome, Warning } from '../model/outcome.ts';
import {
  SCHEMA_VERSION,
  type Candidate,
  type Concurrency,
  type Dataset,
  type OpportunityResult,
  type Result,
  type TableStorage,
} from '../model/result.ts';
import type { Environment, Phase, Run, RunState } from '../model/run.ts';
import type { ReadItem, Scheduled } from '../model/work-item.ts';
import { writeResult } from '../report/write-report.ts';
import type { Suite } from '../suite/define-suite.ts';
import { judgeClaims } from './judge-claims.ts';
import type { ProbeAnswers } from './probe-claims.ts';

/** What a run has found out so far. It is on disk after every item, so that a later failure loses nothing. */
export class RunRecord {
  readonly #directory: string;
  readonly #claims: Suite['claims'];
  readonly #measured = {
    reads: [] as ReadMeasurement[],
    writes: [] as WriteMeasurement[],
    canaries: [] as CanaryMeasurement[],
  };
  readonly #warnings: Warning[] = [];
  #run: Run;
  #environment: Environment | undefined;
  dataset: Dataset = { tables: [], raised: [] };
  candidate: Candidate;
  storage: TableStorage[] = [];
  #ledger: Ledger | undefined;
  readonly #concurrency: Concurrency[] = [];
  readonly #opportunities: OpportunityResult[] = [];
  /** To the suite's claims' probes. */
  answers: ProbeAnswers = new Map();

  constructor(run: Run, { candidate, claims }: Suite, out: string) {
    this.#run = run;
    this.#claims = claims;
    this.#directory = join(out, run.id);
    this.candidate = { name: candidate.name, indexes: [] };
  }

  /** Known as soon as a server answers; nothing is on disk before. */
  set environment(environment: Environment) {
    this.#environment = environment;
  }

  set pinning(pinning: Environment['pinning']) {
    if (this.#environment) this.#environment = { ...this.#environment, pinning };
  }

  /** About the run as a whole. */
  addWarning(warning: Warning): void {
    this.#warnings.push(warning);
  }

  /** In milliseconds, a value a block. */
  set roundTrip(blocks: readonly number[]) {
    const roundTripMs = medianDurationMs(blocks);
    if (this.#environment && roundTripMs) this.#environment = { ...this.#environment, roundTripMs };
  }

  addPhase(phase: Phase): void {
    this.#run = { ...this.#run, phases: [...this.#run.phases, phase] };
  }

  async addRead(measurement: ReadMeasurement): Promise<void> {
    this.#measured.reads.push(measurement);
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

  /** Items that looked into indexes after the candidate, as their counted executions showed. */
  indexesUsedByWrites(baseline: Baseline): { id: string; indexes: string[] }[] {
    return this.#measured.writes.flatMap((write) =>
      write.state === 'measured' && write.baseline === baseline && write.counters
        ? [{ id: write.item.id, indexes: write.counters.after.scans.map(({ index }) => index) }]
        : [],
    );
  }

  measuredReads(baseline: Baseline): ReadonlySet<string> {
    const measured = this.#measured.reads.filter(({ state }) => state === 'measured');
    return new Set(measured.flatMap((read) => (read.baseline === baseline ? [read.item.id] : [])));
  }

  async addConcurrency(concurrency: Concurrency): Promise<void> {
    this.#concurrency.push(concurrency);
    await this.#save();
  }

  async addOpportunity(opportunity: OpportunityResult): Promise<void> {
    this.#opportunities.push(opportunity);
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

  async addWrite(measurement: WriteMeasurement): Promise<void> {
    this.#measured.writes.push(measurement);
    await this.#save();
  }

  async addCanary(measurement: CanaryMeasurement): Promise<void> {
    this.#measured.canaries.push(measurement);
    await this.#save();
  }

  /** @returns the final result, or undefined when the run ended before there was anything to record */
  async finish(outcome: RunState): Promise<Result | undefined> {
    this.#run = { ...this.#run, outcome };
    await this.#save();
    return this.#result();
  }

  async #save(): Promise<void> {
    const result = this.#result();
    if (result) await writeResult(this.#directory, result);
  }

  #result(): Result | undefined {
    if (!this.#environment) return undefined;
    const found = {
      schemaVersion: SCHEMA_VERSION,
      run: this.#run,
      environment: this.#environment,
      dataset: this.dataset,
      candidate: this.candidate,
      ...judge(this.#measured),
      concurrency: this.#concurrency,
      opportunities: this.#opportunities,
      storage: this.storage,
      ...(this.#ledger && { ledger: this.#ledger }),
      warnings: this.#warnings,
    } as const satisfies Partial<Result>;
    const migration = judgeMigration(found);
    const claims = judgeClaims(this.#claims ?? [], found, this.answers);
    const judged = { ...found, claims, ...(migration && { migration }) };
    return { ...judged, summary: summarize(judged) };
  }
}
