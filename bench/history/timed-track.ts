import { mean, median } from '../model/averages.ts';
import type { NightItem } from '../model/night.ts';
import { indexed, type IndexedNight, type TimedDeparture } from './departure.ts';
import { paceOf, type NightItems, type Pace } from './pace.ts';
import {
  BAND_NIGHTS,
  bandOf,
  departure,
  ENOUGH_NIGHTS,
  FEWEST_NIGHTS,
  LEANING,
  SEVERE,
  type Band,
} from './timing.ts';
import { nightRatio, UsualTime } from './usual-time.ts';

/** The nights in which each item took its usual time: the next night is compared with them. */
export class TimedTrack {
  /** By item, in the order of the nights. */
  readonly #usual = new Map<string, readonly NightItems[]>();
  /** The measurements of the last night, second ones included. */
  #last: readonly NightItems[] = [];

  /** How many nights the longest band has, up to the number needed. */
  get bandNights(): number {
    return Math.min(BAND_NIGHTS, Math.max(0, ...[...this.#usual.values()].map(({ length }) => length)));
  }

  /** The band of ln(before / after) over the usual nights. */
  ratioBand(id: string): Band | undefined {
    const nights = this.#usualNights(id).slice(-BAND_NIGHTS);
    const ratios = nights.flatMap((items) => items.get(id)?.timed ?? []).map(nightRatio);
    return ratios.length < FEWEST_NIGHTS ? undefined : bandOf(ratios);
  }

  judge(now: IndexedNight): TimedDeparture[] {
    const tonight = measurementsOf(now);
    const pace = paceOf(now.items);
    return [...now.items.values()].flatMap((item) => {
      const found = this.#repeated(item, tonight, pace) ?? this.#alone(item, tonight, pace);
      return found ?? this.#drifting(item, tonight, pace) ?? [];
    });
  }

  /**
   * Excludes confirmed regressions from a complete band, or a regression would become usual. Excludes the night
   * before, too: the regression may have begun there. An unconfirmed departure stays in: it is the item's own
   * variation.
   */
  add(now: IndexedNight, departures: readonly TimedDeparture[]): void {
    const worse = departures.filter(({ isConfirmed, band }) => isConfirmed && band.nights >= ENOUGH_NIGHTS);
    const excluded = new Set(worse.map(({ item }) => item.id));
    for (const { id, timed } of now.items.values()) {
      const nights = excluded.has(id) ? this.#nightsBeforeLast(id) : [...this.#usualNights(id), now.items];
      if (timed) this.#usual.set(id, nights);
    }
    this.#last = measurementsOf(now);
  }

  /** From now on, the band of this item begins with the accepted night. */
  accept(id: string, { items }: IndexedNight): void {
    this.#usual.set(id, [items]);
  }

  #usualNights(id: string): readonly NightItems[] {
    return this.#usual.get(id) ?? [];
  }

  #nightsBeforeLast(id: string): readonly NightItems[] {
    return this.#usualNights(id).filter((items) => !this.#last.includes(items));
  }

  #alone(item: NightItem, tonight: readonly NightItems[], pace: Pace): TimedDeparture | undefined {
    const usual = UsualTime.in(this.#usualNights(item.id), item.id, pace);
    const change = usual?.changeIn(tonight);
    return usual && change && departed({ item, usual, tonight }, change, false);
  }

  /**
   * A departure that tonight and the last night show together, in the same direction: in one night it may be chance.
   */
  #repeated(item: NightItem, tonight: readonly NightItems[], pace: Pace): TimedDeparture | undefined {
    const usual = UsualTime.in(this.#nightsBeforeLast(item.id), item.id, pace);
    const change = usual?.changeIn([...tonight, ...this.#last]);
    if (!usual || change?.direction !== 'worse') return undefined;
    const nights = [tonight, this.#last].map((night) => usual.shiftsIn(night));
    const isRepeated = nights.every((shifts) => shifts.length > 0 && leans(mean(shifts), usual));
    return isRepeated ? departed({ item, usual, tonight }, change, true) : undefined;
  }

  /** The band itself has moved since it was first complete: too slowly for a single night to show. */
  #drifting(item: NightItem, tonight: readonly NightItems[], pace: Pace): TimedDeparture | undefined {
    const nights = this.#usualNights(item.id);
    if (nights.length < 2 * BAND_NIGHTS) return undefined;
    const usual = UsualTime.in(nights.slice(0, BAND_NIGHTS), item.id, pace);
    if (!usual) return undefined;
    const shift = median(usual.shiftsIn(nights.slice(-BAND_NIGHTS)));
    if (departure(shift, usual.band) !== 'worse') return undefined;
    return departed({ item, usual, tonight }, { direction: 'drifting', shift }, false);
  }
}

const measurementsOf = ({ night, items }: IndexedNight): NightItems[] =>
  night.confirmation ? [items, indexed(night.confirmation)] : [items];

const leans = (shift: number, { band }: UsualTime): boolean => band.median - shift >= LEANING;

interface Judged {
  item: NightItem;
  usual: UsualTime;
  tonight: readonly NightItems[];
}

function departed(
  { item, usual, tonight }: Judged,
  { direction, shift }: Pick<TimedDeparture, 'direction' | 'shift'>,
  isRepeated: boolean,
): TimedDeparture {
  const shifts = usual.shiftsIn(tonight);
  const { band } = usual;
  const isTwice = direction === 'worse' && shifts.length > 1;
  const isConfirmed = isTwice ? shifts.every((one) => leans(one, usual)) : undefined;
  const isSevere = isConfirmed === true && shifts.every((one) => band.median - one >= SEVERE);
  const [first = band.median] = shifts;
  return { kind: 'timed', item, direction, shift, first, band, isConfirmed, isSevere, isRepeated };
}
