import type { Acceptance, Night } from '../model/night.ts';
import { departureKey, indexed, keyOf, TIME, type Departure, type IndexedNight } from './departure.ts';
import { ExactTrack } from './exact.ts';
import { MachineTracks } from './machine-tracks.ts';
import type { MeasuredOn } from './machines.ts';
import type { Band } from './timing.ts';
import { unreliability } from './unreliability.ts';

/** A departure, and the start of the first night of the unbroken series that found it. */
export type DatedDeparture = Departure & { since: string };

/** A night with unreliable times neither confirms nor ends a departure in times. */
const isTimed = (key: string): boolean => key.endsWith(`\n${TIME}`);

/** The state after a series of comparable nights, in their order. */
export class Series {
  readonly #nights: IndexedNight[] = [];
  readonly #exact = new ExactTrack();
  readonly #timed = new MachineTracks();
  readonly #since = new Map<string, string>();

  get nights(): number {
    return this.#nights.length;
  }

  /** How many nights the times on a night's machine can be compared with, up to the number needed. */
  bandNights(night: MeasuredOn): number {
    return this.#timed.of(night).bandNights;
  }

  /** What distinguishes the machine of a night from that of the last one. */
  machineDifferences(night: MeasuredOn): string[] {
    return this.#timed.differences(night);
  }

  /** The usual band of an item's ratio on a night's machine; undefined before there are enough nights. */
  band(id: string, night: MeasuredOn): Band | undefined {
    return this.#timed.of(night).ratioBand(id);
  }

  /** Compares a night with those before it. Unreliable times are ignored. */
  judge(night: Night): DatedDeparture[] {
    const now = { night, items: indexed(night.items) };
    return this.#departures(now).map((found) => ({ ...found, since: this.#sinceOf(found, now) }));
  }

  /** Adds one night. */
  add(night: Night): DatedDeparture[] {
    const found = this.judge(night);
    const now = { night, items: indexed(night.items) };
    this.#nights.push(now);
    this.#exact.add(now);
    const isReliable = unreliability(night) === undefined;
    if (isReliable)
      this.#timed.add(
        now,
        found.filter((departed) => departed.kind === 'timed'),
      );
    for (const key of this.#since.keys()) if (isReliable || !isTimed(key)) this.#since.delete(key);
    for (const departed of found) this.#since.set(departureKey(departed), departed.since);
    return found;
  }

  /** Accepts the findings of one of the nights as the new baseline. */
  accept({ run, findings }: Acceptance): void {
    const accepted = this.#nights.find(({ night }) => night.run === run);
    if (!accepted) return;
    for (const { item, what } of findings) {
      this.#exact.accept(item, what, accepted);
      if (what === TIME) this.#timed.accept(item, accepted);
      this.#since.delete(keyOf(item, what));
    }
  }

  #departures(now: IndexedNight): Departure[] {
    const times = unreliability(now.night) === undefined ? this.#timed.of(now.night).judge(now) : [];
    return [...this.#exact.judge(now), ...times];
  }

  #sinceOf(found: Departure, { night }: IndexedNight): string {
    const first = this.#nights[0]?.night ?? night;
    if (found.kind === 'timed' && found.direction === 'drifting') return first.startedAt;
    return this.#since.get(departureKey(found)) ?? night.startedAt;
  }
}
