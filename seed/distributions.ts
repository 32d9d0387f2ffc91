import type { Random } from '../bench/model/work-item.ts';

/** A whole number from `low` to `high`, both included. */
export const integer = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

export const chance = (random: Random, probability: number): boolean => random() < probability;

/** The same values in a random order (Fisher and Yates). */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const order = [...values];
  for (let last = order.length - 1; last > 0; last--) {
    const other = integer(random, 0, last);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

/** One of the values, all equally likely. */
export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('there is nothing to pick from');
  return value;
}

/** One of the keys, with a probability proportional to its weight; weights need not add up to 1. */
export function weighted<T extends string>(random: Random, weights: Readonly<Record<T, number>>): T {
  const keys = Object.keys(weights) as T[];
  let left = random() * keys.reduce((sum, key) => sum + weights[key], 0);
  let chosen: T | undefined;
  for (const key of keys) {
    chosen = key;
    left -= weights[key];
    if (left < 0) break;
  }
  if (chosen === undefined) throw new RangeError('there is nothing to choose from');
  return chosen;
}

/**
 * A rank from 0 to n - 1 whose density falls as a power of the rank: rank 0 is the most frequent, the last ranks are
 * rare. The inverse of the continuous distribution function needs no table of n weights.
 *
 * @param exponent between 0 (uniform) and 1 (excluded); 0.7 gives the first 1 % of ranks a quarter of all draws
 */
export function skewedRank(random: Random, n: number, exponent = 0.7): number {
  return Math.min(n - 1, Math.floor(n * random() ** (1 / (1 - exponent))));
}

/** Normally distributed, by the Box-Muller transform. */
export const normal = (random: Random, mean: number, deviation: number): number =>
  mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Positive and skewed to the right, like latencies, lengths and counts. Half of the values exceed `median`. */
export const logNormal = (random: Random, median: number, spread: number): number =>
  median * Math.exp(normal(random, 0, spread));

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Rounded to this many decimal places. */
export const rounded = (value: number, places: number): number =>
  Math.round(value * 10 ** places) / 10 ** places;
