import type { NightItem } from '../model/night.ts';
import { indexed, type IndexedNight, type TimedDeparture } from './departure.ts';
import { bandIn, changeIn, standings, type NightItems, type TimedChange } from './timed-change.ts';
import { BAND_NIGHTS, departure, FEWEST_NIGHTS, paceOf, SEVERE, type Band, type Pace } from './timing.ts';

/** The nights in which each item took its usual time: what the next one is held against. */
export class TimedTrack {
  /** By item, in their order. */
  readonly #usual = new Map<string, NightItems[]>();
  #confirmed: ReadonlySet<string> = new Set();

  /** How many nights the longest band has, up to those that are needed. */
  get bandNights(): number {
    return Math.min(BAND_NIGHTS, Math.max(0, ...[...this.#usual.values()].map(({ length }) => length)));
  }

  /** Of ln(before / after), over the nights that were as usual. */
  ratioBand(id: string): Band | undefined {
    const nights = this.#usualNights(id).slice(-BAND_NIGHTS);
    return nights.length < FEWEST_NIGHTS ? undefined : bandIn(nights, id, 'ratio', () => 0);
  }

  judge({ night, items }: IndexedNight): TimedDeparture[] {
    const pace = paceOf(items);
    const found = [...items.values()].flatMap((item) => this.#departureOf(item, pace));
    if (!night.confirmation) return found;
    const again = indexed(night.confirmation);
    const paceAgain = paceOf(again, new Set(found.map(({ item }) => item.id)));
    return found.map((departed) => this.#confirm(departed, again, paceAgain));
  }

  /**
   * What is confirmed to be worse stays out of a complete band, so that a regression does not become what is usual. What
   * is not confirmed is how much the item varies.
   */
  add({ items }: IndexedNight, departures: readonly TimedDeparture[]): void {
    const worse = departures.filter(({ isConfirmed }) => isConfirmed);
    const excluded = new Set(
      worse.filter(({ band }) => band.nights >= BAND_NIGHTS).map(({ item }) => item.id),
    );
    for (const { id, timed } of items.values())
      if (timed && !excluded.has(id)) this.#usual.set(id, [...this.#usualNights(id), items]);
    this.#confirmed = new Set(worse.map(({ item }) => item.id));
  }

  /** From now on, the band of this item begins with the accepted night. */
  accept(id: string, { items }: IndexedNight): void {
    this.#usual.set(id, [items]);
  }

  #usualNights(id: string): readonly NightItems[] {
    return this.#usual.get(id) ?? [];
  }

  #changeOf(item: NightItem, pace: Pace): TimedChange | undefined {
    const nights = this.#usualNights(item.id).slice(-BAND_NIGHTS);
    return nights.length < FEWEST_NIGHTS ? undefined : changeIn(standings(item, nights, pace));
  }

  #departureOf(item: NightItem, pace: Pace): TimedDeparture[] {
    const isRepeated = this.#confirmed.has(item.id);
    const found = { kind: 'timed' as const, item, isConfirmed: undefined, isSevere: false, isRepeated };
    const change = this.#changeOf(item, pace);
    return change
      ? [{ ...found, ...change }]
      : this.#drift(item, pace).map((drift) => ({ ...found, ...drift }));
  }

  /** The band itself has moved since it was first complete: slowly, or it would have been noticed. */
  #drift(item: NightItem, pace: Pace): Pick<TimedDeparture, 'measure' | 'value' | 'band' | 'direction'>[] {
    const nights = this.#usualNights(item.id);
    if (nights.length < 2 * BAND_NIGHTS) return [];
    const [steadier] = standings(item, nights.slice(0, BAND_NIGHTS), pace);
    const last = steadier && bandIn(nights.slice(-BAND_NIGHTS), item.id, steadier.measure, pace);
    if (!last || departure(last.median, steadier.band) !== 'worse') return [];
    return [{ ...steadier, value: last.median, direction: 'drifting' }];
  }

  #confirm(found: TimedDeparture, again: NightItems, pace: Pace): TimedDeparture {
    const second = again.get(found.item.id);
    if (!second || found.direction !== 'worse') return found;
    const change = this.#changeOf(second, pace);
    const isConfirmed = change?.direction === 'worse';
    const depths = [found, change ?? found].map(({ band, value }) => band.median - value);
    return { ...found, isConfirmed, isSevere: isConfirmed && depths.every((depth) => depth >= SEVERE) };
  }
}
