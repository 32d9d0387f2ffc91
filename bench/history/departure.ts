import type { ExactMetric, Night, NightItem } from '../model/night.ts';
import type { Band } from './timing.ts';

/** A night with its items by id. */
export interface IndexedNight {
  night: Night;
  items: ReadonlyMap<string, NightItem>;
}

export const indexed = (items: readonly NightItem[]): ReadonlyMap<string, NightItem> =>
  new Map(items.map((item) => [item.id, item]));

/** A metric that is not what it was, beyond its allowance. `tonight` is missing where it was not measured. */
export interface ExactChange {
  metric: ExactMetric;
  usual: string | number;
  tonight: string | number | undefined;
  isWorse: boolean;
}

/** An exact metric of an item that is not what it was. */
export interface ExactDeparture extends ExactChange {
  kind: 'exact';
  item: NightItem;
}

/** A time that lies outside the band of its last nights. Shifts from what is usual: logarithms, larger is faster. */
export interface TimedDeparture {
  kind: 'timed';
  item: NightItem;
  /** On average over the measurements of tonight or, where it is repeated, of both nights. */
  shift: number;
  /** Of tonight's first measurement. */
  first: number;
  band: Band;
  direction: 'worse' | 'better' | 'drifting';
  /** What a second measurement of the same night said; undefined where there was none. */
  isConfirmed: boolean | undefined;
  /** By so much, both times, that one night is enough. */
  isSevere: boolean;
  /** The last comparable night leans to the same. */
  isRepeated: boolean;
}

export type Departure = ExactDeparture | TimedDeparture;

export const whatOf = (found: Departure): string => (found.kind === 'exact' ? found.metric : TIME);

export const TIME = 'time';

/** Names one thing that can depart. */
export const keyOf = (item: string, what: string): string => `${item}\n${what}`;

export const departureKey = (found: Departure): string => keyOf(found.item.id, whatOf(found));
