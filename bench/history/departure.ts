import type { ExactMetric, Night, NightItem } from '../model/night.ts';
import type { Band } from './timing.ts';

/** A night, with its items by id. */
export interface IndexedNight {
  night: Night;
  items: ReadonlyMap<string, NightItem>;
}

export const indexed = (items: readonly NightItem[]): ReadonlyMap<string, NightItem> =>
  new Map(items.map((item) => [item.id, item]));

/** A metric that changed by more than its allowance. `tonight` is missing where it was not measured. */
export interface ExactChange {
  metric: ExactMetric;
  usual: string | number;
  tonight: string | number | undefined;
  isWorse: boolean;
}

/** An exact metric of an item that changed. */
export interface ExactDeparture extends ExactChange {
  kind: 'exact';
  item: NightItem;
}

/** A time outside the band of its last nights. Shifts from the usual time are logarithms; larger is faster. */
export interface TimedDeparture {
  kind: 'timed';
  item: NightItem;
  /** The mean over tonight's measurements or, for a repeated departure, over those of both nights. */
  shift: number;
  /** Of tonight's first measurement. */
  first: number;
  band: Band;
  direction: 'worse' | 'better' | 'drifting';
  /** The result of a second measurement in the same night; undefined where there was none. */
  isConfirmed: boolean | undefined;
  /** Both measurements differ by so much that one night is enough. */
  isSevere: boolean;
  /** The last comparable night points in the same direction. */
  isRepeated: boolean;
}

export type Departure = ExactDeparture | TimedDeparture;

export const whatOf = (found: Departure): string => (found.kind === 'exact' ? found.metric : TIME);

export const TIME = 'time';

/** Names one metric of one item. */
export const keyOf = (item: string, what: string): string => `${item}\n${what}`;

export const departureKey = (found: Departure): string => keyOf(found.item.id, whatOf(found));
