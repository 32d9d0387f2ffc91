import type { NightItem, NightTimes } from '../model/night.ts';

/**
 * Both times of an item, as logarithms that are larger when it is better: the `ratio` of both arms of one night, and
 * the `time after`, of one arm against other nights at the pace of this one. Where the time before changes from
 * night to night, as that of scans does which share a machine's memory, the second is the steadier; where the disk
 * does, the first.
 */
export const TIMED = ['ratio', 'time after'] as const;
export type TimedMeasure = (typeof TIMED)[number];

/** How many comparable nights a time is held against. */
export const BAND_NIGHTS = 20;

/** Fewer make no band at all. */
export const FEWEST_NIGHTS = 5;

/** A tenth: what is less is not worth getting up for. */
const MATERIAL = Math.log(1.1);

/** A quarter: nobody waits for a second night. */
export const SEVERE = Math.log(1.25);

/**
 * Of its width, by which a band reaches further than its nights do either way. The next of 20 normal values lies beyond
 * them in 10 % of all cases, and beyond this margin in 4 %.
 */
const MARGIN = 1 / 8;

/** Where some nights lie, and a margin around them. */
export interface Band {
  low: number;
  median: number;
  high: number;
  nights: number;
}

export function bandOf(values: readonly number[]): Band | undefined {
  if (values.length === 0) return undefined;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = MARGIN * (high - low);
  return { low: low - margin, median: median(values), high: high + margin, nights: values.length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

/** How a value lies beside a band: outside it, and far enough from its middle to matter. */
export function departure(value: number, { low, median: middle, high }: Band): 'worse' | 'better' | 'usual' {
  if (value < low && middle - value >= MATERIAL) return 'worse';
  return value > high && value - middle >= MATERIAL ? 'better' : 'usual';
}

export function valueOf(item: NightItem | undefined, measure: TimedMeasure): number | undefined {
  if (!item?.timed) return undefined;
  return measure === 'ratio' ? gain(item.timed) : -Math.log(item.timed.afterMs.point);
}

/** ln(before / after). */
const gain = ({ metric, ratio }: NightTimes): number =>
  metric === 'speedup' ? Math.log(ratio.point) : -Math.log1p(ratio.point);

/** How much longer everything takes in one night than in that of these items: ln of the median of their ratios. */
export type Pace = (then: ReadonlyMap<string, NightItem>) => number;

/** @param without ids of items that are suspected of having changed by themselves */
export function paceOf(now: ReadonlyMap<string, NightItem>, without: ReadonlySet<string> = new Set()): Pace {
  const known = new Map<ReadonlyMap<string, NightItem>, number>();
  return (then) => {
    const pace = known.get(then) ?? medianRatio(now, then, without);
    known.set(then, pace);
    return pace;
  };
}

function medianRatio(
  now: ReadonlyMap<string, NightItem>,
  then: ReadonlyMap<string, NightItem>,
  without: ReadonlySet<string>,
): number {
  const ratios = [...now].flatMap(([id, { timed }]) => {
    const other = then.get(id)?.timed;
    if (!timed || !other || without.has(id)) return [];
    return [Math.log(timed.afterMs.point) - Math.log(other.afterMs.point)];
  });
  return ratios.length > 0 ? median(ratios) : 0;
}
