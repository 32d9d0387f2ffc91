import type { Acceptance, Night } from '../model/night.ts';
import { departureKey, indexed, keyOf, TIME, type Departure, type IndexedNight } from './departure.ts';
import { ExactTrack } from './exact.ts';
import { TimedTrack } from './timed-track.ts';
import type { Band } from './timing.ts';

/** A departure, and when the first night in a row that found it began. */
export type DatedDeparture = Departure & { since: string };

/** A noisy night neither confirms nor ends what the times of the nights before it have shown. */
const isTimed = (key: string): boolean => key.endsWith(`\n${TIME}`);

/** Comparable nights in their order, as far as they have been gone through. */
export class Series {
  readonly #nights: IndexedNight[] = [];
  readonly #exact = new ExactTrack();
  readonly #timed = new TimedTrack();
  readonly #since = new Map<string, string>();

  get nights(): number {
    return this.#nights.length;
  }

  /** How many nights the times can be held against, up to those that are needed. */
  get bandNights(): number {
    return this.#timed.bandNights;
  }

  /** Where the ratio of an item usually lies; undefined before there are enough nights to say. */
  band(id: string): Band | undefined {
    return this.#timed.ratioBand(id);
  }

  /** Holds a night against those before it. The times of a noisy one say nothing. */
  judge(night: Night): DatedDeparture[] {
    const now = { night, items: indexed(night.items) };
    return this.#departures(now).map((found) => ({ ...found, since: this.#sinceOf(found, now) }));
  }

  /** Goes on by one night. */
  add(night: Night): DatedDeparture[] {
    const found = this.judge(night);
    const now = { night, items: indexed(night.items) };
    this.#nights.push(now);
    this.#exact.add(now);
    if (!night.isNoisy)
      this.#timed.add(
        now,
        found.filter((departed) => departed.kind === 'timed'),
      );
    for (const key of this.#since.keys()) if (!night.isNoisy || !isTimed(key)) this.#since.delete(key);
    for (const departed of found) this.#since.set(departureKey(departed), departed.since);
    return found;
  }

  /** Takes what one of the nights found as the new normal. */
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
    return [...this.#exact.judge(now), ...(now.night.isNoisy ? [] : this.#timed.judge(now))];
  }

  #sinceOf(found: Departure, { night }: IndexedNight): string {
    const first = this.#nights[0]?.night ?? night;
    if (found.kind === 'timed' && found.direction === 'drifting') return first.startedAt;
    return this.#since.get(departureKey(found)) ?? night.startedAt;
  }
}
