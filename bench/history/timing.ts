import { mean, median, squares } from '../model/averages.ts';
import { quantile } from '../analyse/student.ts';

/** How many comparable nights a time is compared with, at most. */
export const BAND_NIGHTS = 20;

/** With so many nights a time can fail. */
export const ENOUGH_NIGHTS = 8;

/** With fewer there is no band. */
export const FEWEST_NIGHTS = 5;

/** 10 %: a smaller change needs no action. */
const MATERIAL = Math.log(1.1);

/** Half of that: each single measurement has to show this much of a change that their mean shows. */
export const LEANING = MATERIAL / 2;

/** 25 %: such a change fails at once, without a second night. */
export const SEVERE = Math.log(1.25);

/** The share of usual nights that lie in a band. */
const COVERAGE = 0.99;

/** Where the next usual night is expected, around the median of some nights. */
export interface Band {
  low: number;
  median: number;
  high: number;
  nights: number;
}

/** A value of one night, and the standard error that its own rounds show. */
export interface NightValue {
  value: number;
  error: number;
}

/**
 * The prediction interval for one more night (Hahn and Meeker 1991, "Statistical Intervals", 4.8). Two sources tell how
 * much nights differ: their scatter, with one degree of freedom less than there are nights, and what the rounds of each
 * have measured, which counts as much as a few nights do. A handful of nights may agree by chance: the band is then no
 * narrower than their own intervals allow.
 *
 * @param nights one or more
 */
export function bandOf(nights: readonly NightValue[]): Band {
  const values = nights.map(({ value }) => value);
  const center = median(values);
  const measured = mean(nights.map(({ error }) => error ** 2));
  const df = values.length - 1 + WEIGHT_OF_ROUNDS;
  const variance = (squares(values) + WEIGHT_OF_ROUNDS * measured) / df;
  const reach = quantile(COVERAGE, df) * Math.sqrt(variance * (1 + 1 / values.length));
  return { low: center - reach, median: center, high: center + reach, nights: values.length };
}

/** In degrees of freedom: the fewest nights that a band is made from. */
const WEIGHT_OF_ROUNDS = FEWEST_NIGHTS;

/** Outside the band, and far enough from its median to matter. */
export function departure(value: number, { low, median: middle, high }: Band): 'worse' | 'better' | 'usual' {
  if (value < low && middle - value >= MATERIAL) return 'worse';
  return value > high && value - middle >= MATERIAL ? 'better' : 'usual';
}
