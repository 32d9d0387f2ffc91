import { findingsOf } from '../../bench/history/findings.ts';
import { itemsToConfirm } from '../../bench/history/second-look.ts';
import { Series } from '../../bench/history/series.ts';
import { timingAfter } from '../../bench/history/timing-judgement.ts';
import { BAND_NIGHTS } from '../../bench/history/timing.ts';
import type { Finding } from '../../bench/model/gate.ts';
import type { Night, NightItem } from '../../bench/model/night.ts';
import { randomFor } from '../../seed/random.ts';
import { simulatedNight, type Injection } from './simulated-night.ts';

/** Consecutive nights, judged like those of the nightly job, second measurements included. */
export class GatedNights {
  readonly #basis: readonly Night[];
  readonly #random: () => number;
  readonly #series = new Series();
  #ordinal = 0;

  constructor(basis: readonly Night[], seed: number) {
    this.#basis = basis;
    this.#random = randomFor(seed, 'simulated nights');
  }

  /** Adds one night, and returns the gate's findings. */
  next(injection: Injection = {}): { night: Night; findings: Finding[] } {
    const measure = (): Night => simulatedNight(this.#realNight(), this.#ordinal, injection, this.#random);
    const first = measure();
    const again = new Set(this.#itemsToConfirm(first).map(({ id }) => id));
    const confirmation = again.size > 0 ? measure().items.filter(({ id }) => again.has(id)) : undefined;
    const night = { ...first, ...(confirmation && { confirmation }) };
    this.#ordinal += 1;
    return { night, findings: findingsOf(night, this.#series.add(night)) };
  }

  accept(run: string, findings: readonly Finding[]): void {
    this.#series.accept({
      kind: 'acceptance',
      at: new Date(0).toISOString(),
      run,
      reason: 'simulated',
      scope: 'findings',
      findings: findings.map(({ item, measure }) => ({ item, what: measure })),
    });
  }

  /** A second measurement has its own server and copies, and differs like any other run. */
  #realNight(): Night {
    const night = this.#basis[Math.floor(this.#random() * this.#basis.length)];
    if (!night) throw new Error('there is no real night to begin with');
    return night;
  }

  #itemsToConfirm(night: Night): NightItem[] {
    const findings = findingsOf(night, this.#series.judge(night));
    return itemsToConfirm({ findings, timing: timingAfter(this.#series, night) }, night);
  }
}

/** Enough for a complete band and a few more. */
export function settled(basis: readonly Night[], seed: number): GatedNights {
  const nights = new GatedNights(basis, seed);
  for (let night = 0; night < BAND_NIGHTS + 5; night += 1) nights.next();
  return nights;
}
