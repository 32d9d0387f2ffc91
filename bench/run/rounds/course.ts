import { clientDurations, overheadOf, speedup } from '../../analyse/estimates.ts';
import {
  FIRST_LOOK,
  isPrecise,
  isPreciseAt,
  MOST_ROUNDS,
  isVisitOver,
  type PrecisionTarget,
} from '../../analyse/precision.ts';
import { itemFailure } from '../../database/item-failure.ts';
import { pauseInLast } from '../../measure/disturbances.ts';
import type { Enough } from '../../measure/pairs.ts';
import type { Arm } from '../../model/arm.ts';
import type { Disturbance } from '../../model/disturbance.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Timed } from '../../model/measurement.ts';
import type { Failure, Outcome } from '../../model/outcome.ts';
import type { Pair } from '../../model/pair.ts';
import type { ReadItem, Scheduled, WriteItem } from '../../model/work-item.ts';

/** An item on a baseline, or one way to measure it, named in the title. */
export interface Unit extends Scheduled<ReadItem | WriteItem> {
  title: string;
  precision: PrecisionTarget;
  /** @default as many as it takes to be precise */
  mostRounds?: number;
}

/** Times some pairs of a unit: those of one round. */
export type Visit = (timing: { order: Iterable<Arm>; enough: Enough }) => Promise<Timed>;

/** A unit on its way through the rounds, and everything that has been timed of it. */
export class Course {
  readonly unit: Unit;
  readonly #orderIn: (round: number) => Iterable<Arm>;
  readonly #publish: (outcome: Outcome<Timed>) => void;
  #timed: Required<Timed>;
  #rounds: number;
  /** Those in which nothing disturbed the machine. */
  #quietRounds: number;
  #isPrecise = false;
  /** How long each visit took. */
  readonly #visitsMs: number[] = [];
  /** Visits in a row that have found no rows left to write to. */
  #emptyVisits = 0;
  #failure: Failure | undefined;
  /** Of its speedup, one after each round that gave an interval. */
  readonly estimates: Estimate[] = [];

  /**
   * @param kept what an earlier process has timed of it
   * @param publish is told the outcome after each visit
   */
  constructor(
    unit: Unit,
    kept: Timed,
    orderIn: (round: number) => Iterable<Arm>,
    publish: (outcome: Outcome<Timed>) => void,
  ) {
    this.unit = unit;
    const { pairs, disturbances, executions = [] } = kept;
    this.#timed = { pairs, disturbances, executions };
    this.#rounds = new Set(kept.pairs.map(({ round }) => round)).size;
    this.#quietRounds = this.#rounds;
    this.#orderIn = orderIn;
    this.#publish = publish;
    this.#estimate();
    const known = this.estimates.at(-1);
    this.#isPrecise = this.#rounds >= FIRST_LOOK && known !== undefined && isPrecise(known, unit.precision);
  }

  /** In the unit's own terms: speedup or overhead. */
  get shown(): readonly Estimate[] {
    return this.unit.item.kind === 'read' ? this.estimates : this.estimates.map(overheadOf);
  }

  get rounds(): number {
    return this.#rounds;
  }

  get pairs(): number {
    return this.#timed.pairs.length;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether no further round has to visit it. */
  get isSettled(): boolean {
    const { mostRounds = MOST_ROUNDS } = this.unit;
    const isDone = this.#isPrecise || this.#rounds >= mostRounds;
    return isDone || this.#failure !== undefined || this.#emptyVisits > 1;
  }

  /** Ends a round that has visited it. A disturbed round brings no look nearer: it is repeated. */
  endRound(isQuiet: boolean): void {
    if (!isQuiet) return;
    this.#quietRounds += 1;
    this.#isPrecise ||= isPreciseAt(this.#quietRounds, this.estimates.at(-1), this.unit.precision);
  }

  /**
   * A statement that PostgreSQL refuses ends this course only. A lost server, or an interruption, is thrown.
   *
   * @returns whether there were rows to write to; on new copies there may be
   */
  async take(visit: Visit, round: number): Promise<boolean> {
    try {
      const startedAtMs = performance.now();
      const { precision } = this.unit;
      const enough = (pairs: readonly Pair[]): boolean => isVisitOver(pairs, precision);
      const timed = await visit({ order: this.#orderIn(round), enough });
      this.#add(timed, round);
      this.#noticePause(performance.now() - startedAtMs);
      this.#publish({ state: 'measured', ...this.#timed });
      return timed.pairs.length > 0;
    } catch (cause) {
      this.#failure = itemFailure(cause, this.unit.item.sql);
      if (!this.#failure) throw cause;
      this.#publish({ state: 'failed', error: this.#failure });
      return false;
    }
  }

  #add({ pairs, disturbances, executions = [] }: Timed, round: number): void {
    const before = this.#timed.pairs.length;
    this.#emptyVisits = pairs.length > 0 ? 0 : this.#emptyVisits + 1;
    if (pairs.length > 0) this.#rounds += 1;
    this.#timed = {
      pairs: [...this.#timed.pairs, ...pairs.map((pair) => ({ round, ...pair }))],
      disturbances: [...this.#timed.disturbances, ...disturbances.map((one) => moved(one, before))],
      executions: [...this.#timed.executions, ...executions.map((visit) => ({ round, ...visit }))],
    };
    this.#estimate();
  }

  /** Wherever in the visit it was, it belongs to the last pair. */
  #noticePause(visitMs: number): void {
    this.#visitsMs.push(visitMs);
    const pauseMs = pauseInLast(this.#visitsMs);
    if (pauseMs === undefined) return;
    const pause: Disturbance = { kind: 'pause', pair: this.pairs, pauseMs };
    this.#timed = { ...this.#timed, disturbances: [...this.#timed.disturbances, pause] };
  }

  #estimate(): void {
    const estimate = speedup(clientDurations(this.#timed.pairs), this.unit.precision);
    if (estimate) this.estimates.push(estimate);
  }
}

/** The ordinal of its pair counts over all rounds. */
const moved = (disturbance: Disturbance, pairs: number): Disturbance =>
  'pair' in disturbance ? { ...disturbance, pair: disturbance.pair + pairs } : disturbance;
