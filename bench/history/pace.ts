import type { NightItem } from '../model/night.ts';
import { median } from '../model/averages.ts';

/** A measurement of some items, by id. */
export type NightItems = ReadonlyMap<string, NightItem>;

/** How much slower everything is now than in another measurement, as ln: the median over their common items. */
export type Pace = (then: NightItems) => number;

export function paceOf(now: NightItems): Pace {
  const known = new Map<NightItems, number>();
  return (then) => {
    const pace = known.get(then) ?? medianRatio(now, then);
    known.set(then, pace);
    return pace;
  };
}

function medianRatio(now: NightItems, then: NightItems): number {
  const ratios = [...now].flatMap(([id, { timed }]) => {
    const other = then.get(id)?.timed;
    if (!timed || !other) return [];
    return [Math.log(timed.afterMs.point) - Math.log(other.afterMs.point)];
  });
  return ratios.length > 0 ? median(ratios) : 0;
}
