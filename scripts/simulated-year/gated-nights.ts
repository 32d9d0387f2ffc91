import { findingsOf } from '../../bench/history/findings.ts';
import { Series } from '../../bench/history/series.ts';
import { BAND_NIGHTS } from '../../bench/history/timing.ts';
import type { Finding } from '../../bench/model/gate.ts';
import type { Night } from '../../bench/model/night.ts';
import { randomFor } from '../../seed/random.ts';
import { simulatedNight, type Injection } from './simulated-night.ts';

/** Nights in a row that are judged as the nightly job does it, second measurements included. */
export class GatedNights {
  readonly #basis: readonly Night[];
  readonly #random: () => number;
  readonly #series = new Series();
  #ordinal = 0;

  constructor(basis: readonly Night[], seed: number) {
    this.#basis = basis;
    this.#random = randomFor(seed, 'simulated nights');
  }

  /** Goes on by one night, and says what the gate found. */
  next(injection: Injection = {}): { night: Night; findings: Finding[] } {
    const measure = (): Night => simulatedNight(this.#realNight(), this.#ordinal, injection, this.#random);
    const first = measure();
    const suspected = this.#series.bandNights >= BAND_NIGHTS && this.#isSuspicious(first);
    const night = suspected ? { ...first, confirmation: measure().items } : first;
    this.#ordinal += 1;
    return { night, findings: findingsOf(night, this.#series.add(night)) };
  }

  accept(run: string, findings: readonly Finding[]): void {
    this.#series.accept({
      ...{ kind: 'acceptance', at: new Date(0).toISOString(), run, reason: 'simulated', scope: 'findings' },
      findings: findings.map(({ item, measure }) => ({ item, what: measure })),
    });
  }

  /** A second measurement has a server and copies of its own, and differs as any run does. */
  #realNight(): Night {
    const night = this.#basis[Math.floor(this.#random() * this.#basis.length)];
    if (!night) throw new Error('there is no real night to begin with');
    return night;
  }

  #isSuspicious(night: Night): boolean {
    return this.#series.judge(night).some((found) => found.kind === 'timed' && found.direction === 'worse');
  }
}

/** Enough for a complete band, and a few more. */
export function settled(basis: readonly Night[], seed: number): GatedNights {
  const nights = new GatedNights(basis, seed);
  for (let night = 0; night < BAND_NIGHTS + 5; night += 1) nights.next();
  return nights;
}
