import { medianDurationMs } from '../analyse/estimates.ts';
import type { Baseline } from '../model/arm.ts';
import type { IndexAccount, Ledger } from '../model/ledger.ts';
import type {
  CanaryMeasurement,
  ReadMeasurement,
  Timed,
  WriteMeasurement,
  YardstickMeasurement,
} from '../model/measurement.ts';
import type { Likeness } from '../model/likeness.ts';
import { isSameWarning, type Outcome, type Warning } from '../model/outcome.ts';
import type { Candidate } from '../model/candidate.ts';
import type { Dataset, TableStorage } from '../model/result.ts';
import type { Round } from '../model/round.ts';
import type { SourceFacts } from '../model/source.ts';
import type { ServerPair } from '../model/two-servers.ts';
import type { Environment, MemoryUse, Phase, Run, RunOutcome } from '../model/run.ts';
import type { ReadItem, Scheduled, WriteItem } from '../model/work-item.ts';
import type { MeasuredRun } from './assemble-result.ts';
import type { ProbeAnswers } from './items/claim-probes.ts';
import { nothingMeasured, type Measured } from './measured.ts';
import { describeChanged } from './describe-run.ts';
import { measuredBefore, refuseOtherServer } from './resumption.ts';
import type { RunRequest } from './run-request.ts';
import type { Sources, Unfinished } from './unfinished-shape.ts';

const NO_DATASET: Dataset = { tables: [], raised: [] };

/** What is measured of items on baselines, one entry each. */
interface Items {
  reads: ReadMeasurement;
  writes: WriteMeasurement;
  canaries: CanaryMeasurement;
  yardsticks: YardstickMeasurement;
}

const isOf = (entry: Scheduled<{ id: string }>, { item, baseline }: Scheduled<{ id: string }>): boolean =>
  entry.item.id === item.id && entry.baseline === baseline;

/** What a run has found out so far. Its methods change it, and do nothing else. */
export class RunState {
  readonly #request: RunRequest;
  readonly #resumed: Unfinished | undefined;
  readonly #warnings: Warning[] = [];
  #measured: Measured = nothingMeasured();
  /** In the rounds of earlier processes. */
  #secondsBefore = 0;
  #run: Run;
  #environment: Environment | undefined;
  #sources: Sources | undefined;
  /** Known as soon as measuring may begin. */
  #dataset: Dataset | undefined;
  #ledger: Ledger | undefined;
  /** The item that is being measured. */
  #attempted: Scheduled<ReadItem | WriteItem> | undefined;
  /** The database that the suite was read from. */
  source: SourceFacts | undefined;
  /** Known as soon as both have the seeded database, where the arms are on two. */
  servers: ServerPair | undefined;
  /** Of rows that are made from a snapshot. */
  likeness: Likeness | undefined;
  candidate: Candidate;
  storage: TableStorage[] = [];
  /** Those that are measured: of two that are the same, one. */
  baselines: readonly Baseline[];
  /** To the probes of the suite's claims. */
  answers: ProbeAnswers = new Map();

  /** @param resumed what an earlier process has measured of this run */
  constructor(run: Run, request: RunRequest, resumed?: Unfinished) {
    this.#run = run;
    this.#request = request;
    this.baselines = request.baselines;
    this.#resumed = resumed;
    this.source = request.suite.source;
    this.candidate = { name: request.suite.candidate.name, indexes: [] };
  }

  /**
   * Takes note of what is to be measured, before anything is started. A resumed run has its measurements from here on.
   *
   * @throws NotComparable when a run is resumed, and something else was asked for
   */
  ask(sources: Sources): void {
    if (this.#resumed) this.#measured = measuredBefore(this.#resumed, this.#request, sources);
    const last = this.#measured.rounds.at(-1);
    if (last) this.#secondsBefore = last.startedAtSeconds + last.seconds;
    this.#sources = sources;
  }

  /** Known as soon as a server answers. */
  set environment(environment: Environment) {
    this.#environment = environment;
  }

  /**
   * Takes note of what is measured on, before the first measurement.
   *
   * @throws NotComparable when a run is resumed, and began on something else
   */
  begin(environment: Environment, dataset: Dataset): void {
    if (this.#resumed) refuseOtherServer(this.#resumed, environment, dataset, this.servers);
    this.#environment = environment;
    this.#dataset = dataset;
  }

  /** Takes note of the statements that the rows have left, and of their mix. */
  change(request: RunRequest): void {
    this.#run = describeChanged(this.#run, request);
    this.source = request.suite.source;
  }

  set pinning(pinning: Environment['pinning']) {
    if (this.#environment) this.#environment = { ...this.#environment, pinning };
  }

  /** Of a stage: that of the stage which takes most stays. */
  noteMemory(memory: MemoryUse): void {
    const known = this.#environment?.memory?.dataBytes ?? 0;
    if (this.#environment && memory.dataBytes > known) this.#environment = { ...this.#environment, memory };
  }

  get memory(): MemoryUse | undefined {
    return this.#environment?.memory;
  }

  /** In milliseconds, a value a block. */
  set roundTrip(blocks: readonly number[]) {
    const roundTripMs = medianDurationMs(blocks);
    if (this.#environment && roundTripMs) this.#environment = { ...this.#environment, roundTripMs };
  }

  /** About the run as a whole, each once. */
  addWarnings(warnings: readonly Warning[]): void {
    const isNew = (warning: Warning): boolean =>
      !this.#warnings.some((known) => isSameWarning(known, warning));
    this.#warnings.push(...warnings.filter(isNew));
  }

  addPhase(phase: Phase): void {
    this.#run = { ...this.#run, phases: [...this.#run.phases, phase] };
  }

  /** Says what is about to be measured, so that a failure that ends the run is put down to it. */
  attempt(item: Scheduled<ReadItem | WriteItem>): void {
    this.#attempted = item;
  }

  add<K extends keyof Measured>(kind: K, entry: Measured[K][number]): void {
    (this.#measured[kind] as Measured[K][number][]).push(entry);
    this.#attempted = undefined;
  }

  /** What has been measured of an item. */
  measurementOf<K extends keyof Items>(kind: K, item: Scheduled<{ id: string }>): Items[K] | undefined {
    return this.#measured[kind].find((one) => isOf(one, item)) as Items[K] | undefined;
  }

  /** Replaces what has been measured of an item. */
  update<K extends keyof Items>(
    kind: K,
    item: Scheduled<{ id: string }>,
    change: (entry: Items[K]) => Items[K],
  ): void {
    const entries = this.#measured[kind] as Items[K][];
    const position = entries.findIndex((one) => isOf(one, item));
    const entry = entries[position];
    if (entry) entries[position] = change(entry);
  }

  /** Completes a read that has been added. */
  addBufferCold(read: Scheduled<ReadItem>, bufferCold: Outcome<Timed>): void {
    this.update('reads', read, (entry) => (entry.state === 'measured' ? { ...entry, bufferCold } : entry));
  }

  /** @param round since the first round of this process; a resumed run goes on where the one before it ended */
  addRound(round: Round): void {
    const startedAtSeconds = this.#secondsBefore + round.startedAtSeconds;
    this.#measured.rounds.push({ ...round, startedAtSeconds });
  }

  openLedger(ledger: Ledger): void {
    this.#ledger = ledger;
  }

  /** Replaces an account of the same index. */
  addAccount(account: IndexAccount): void {
    if (!this.#ledger) return;
    const { accounts } = this.#ledger;
    const position = accounts.findIndex(({ name }) => name === account.name);
    accounts.splice(position < 0 ? accounts.length : position, 1, account);
  }

  /** A failure of the run is also one of the item that was being measured. */
  end(outcome: RunOutcome): void {
    this.#run = { ...this.#run, outcome };
    if (outcome.state !== 'failed' || !this.#attempted) return;
    const { item, baseline } = this.#attempted;
    const failure = { baseline, state: 'failed', error: outcome.error } as const;
    if (item.kind === 'read') this.#measured.reads.push({ ...failure, item, parameters: [] });
    else this.#measured.writes.push({ ...failure, item });
  }

  get id(): string {
    return this.#run.id;
  }

  /** So far: not to be changed but through `add`. */
  get measured(): Readonly<Measured> {
    return this.#measured;
  }

  get dataset(): Dataset {
    return this.#dataset ?? NO_DATASET;
  }

  /** What a process that goes on with this run has to find the same; undefined before measuring may begin. */
  get sources(): Sources | undefined {
    return this.#dataset && this.#sources;
  }

  /** What a result is made of. Undefined before a server answers, and before a resumed run is known to be the same. */
  get measuredRun(): (MeasuredRun & { measured: Measured }) | undefined {
    if (!this.#environment || (this.#resumed && !this.#dataset)) return undefined;
    return {
      run: this.#run,
      baselines: [...this.baselines],
      environment: this.#environment,
      ...(this.servers && { servers: this.servers }),
      dataset: this.dataset,
      ...(this.source && { source: this.source }),
      ...(this.likeness && { likeness: this.likeness }),
      candidate: this.candidate,
      measured: this.#measured,
      storage: this.storage,
      ...(this.#ledger && { ledger: this.#ledger }),
      warnings: this.#warnings,
    };
  }
}
