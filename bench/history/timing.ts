import { least, most } from '../model/extent.ts';

/** How many comparable nights a time is held against. */
export const BAND_NIGHTS = 20;

/** Fewer make no band at all. */
export const FEWEST_NIGHTS = 5;

/** A tenth: what is less is not worth getting up for. */
const MATERIAL = Math.log(1.1);

/** Half of that is what every measurement has to point to of a change that they show on average. */
export const LEANING = MATERIAL / 2;

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

/** @param values one or more */
export function bandOf(values: readonly number[]): Band {
  const [low, high] = [least(values), most(values)];
  const margin = MARGIN * (high - low);
  return { low: low - margin, median: median(values), high: high + margin, nights: values.length };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

/** @param values one or more */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How a value lies beside a band: outside it, and far enough from its middle to matter. */
export function departure(value: number, { low, median: middle, high }: Band): 'worse' | 'better' | 'usual' {
  if (value < low && middle - value >= MATERIAL) return 'worse';
  return value > high && value - middle >= MATERIAL ? 'better' : 'usual';
}
