import type { NightItem } from '../model/night.ts';
import { bandOf, departure, TIMED, valueOf, type Band, type Pace, type TimedMeasure } from './timing.ts';

/** Nights as far as times are concerned: their items by id. */
export type NightItems = ReadonlyMap<string, NightItem>;

/** One time of an item beside its last nights. */
export interface Standing {
  measure: TimedMeasure;
  value: number;
  band: Band;
}

/** A time that has left its band, and that the other one does not speak against. */
export interface TimedChange extends Standing {
  direction: 'worse' | 'better';
}

/** What an item came to in other nights, at the pace of this one. */
export function bandIn(
  nights: readonly NightItems[],
  id: string,
  measure: TimedMeasure,
  pace: Pace,
): Band | undefined {
  return bandOf(
    nights.flatMap((items) => {
      const value = valueOf(items.get(id), measure);
      if (value === undefined) return [];
      return [measure === 'ratio' ? value : value - pace(items)];
    }),
  );
}

/** Both times of an item, the one with the narrower band first: it tells more. */
export function standings(item: NightItem, nights: readonly NightItems[], pace: Pace): Standing[] {
  return TIMED.flatMap((measure) => {
    const value = valueOf(item, measure);
    const band = bandIn(nights, item.id, measure, pace);
    return value === undefined || !band ? [] : [{ measure, value, band }];
  }).sort((a, b) => width(a.band) - width(b.band));
}

const width = ({ low, high }: Band): number => high - low;

/**
 * The change that the times of an item show, if they do. An item that really takes longer shows it in both, unless
 * one of them varies so much that it could not; what moves one only is the machine: before, when scans share its memory
 * with somebody, or both arms, when the disk is slow.
 */
export function changeIn(both: readonly Standing[]): TimedChange | undefined {
  const changed = both.flatMap((standing) => {
    const direction = departure(standing.value, standing.band);
    return direction === 'usual' ? [] : [{ ...standing, direction }];
  });
  return changed.find((change) =>
    both.every((other) => other.measure === change.measure || !contradicts(other, change)),
  );
}

function contradicts({ value, band }: Standing, change: TimedChange): boolean {
  const sign = change.direction === 'worse' ? 1 : -1;
  const third = Math.abs(change.band.median - change.value) / 3;
  const moved = sign * (band.median - value);
  const usually = Math.max(band.high - band.median, band.median - band.low);
  return moved < third && usually < third;
}
