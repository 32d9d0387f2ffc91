import { least, most } from '../model/extent.ts';

/** How many comparable nights a time is compared with. */
export const BAND_NIGHTS = 20;

/** With fewer nights there is no band. */
export const FEWEST_NIGHTS = 5;

/** 10 %: a smaller change needs no action. */
const MATERIAL = Math.log(1.1);

/** Half of that: each single measurement has to show this much of a change that their mean shows. */
export const LEANING = MATERIAL / 2;

/** 25 %: such a change fails at once, without a second night. */
export const SEVERE = Math.log(1.25);

/**
 * The margin of a band on both sides, as a share of its width. The next of 20 normal values lies outside their range
 * in 10 % of all cases, and outside this margin in 4 %.
 */
const MARGIN = 1 / 8;

/** The range of some nights, with a margin. */
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

/** Outside the band, and far enough from its median to matter. */
export function departure(value: number, { low, median: middle, high }: Band): 'worse' | 'better' | 'usual' {
  if (value < low && middle - value >= MATERIAL) return 'worse';
  return value > high && value - middle >= MATERIAL ? 'better' : 'usual';
}
