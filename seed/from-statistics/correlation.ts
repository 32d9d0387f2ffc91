import type { Run } from './marginal.ts';

/**
 * How many rows lie in the order of their values, so that their correlation is the one wanted: the others lie anywhere. Below 0 they
 * lie in the opposite order.
 */
export function orderedShare(runs: Iterable<Run>, size: number, correlation: number): number {
  const { forward, backward } = coefficientsOf(runs, size);
  if (correlation >= forward.constant) return solved(forward, correlation);
  return -solved(backward, correlation);
}

/** The correlation as a polynomial of the ordered share. */
interface Quadratic {
  constant: number;
  linear: number;
  square: number;
}

const valueOf = ({ constant, linear, square }: Quadratic, at: number): number =>
  constant + at * (linear + at * square);

/** It rises or falls all the way from 0 to 1. */
function solved(polynomial: Quadratic, wanted: number): number {
  const isRising = valueOf(polynomial, 1) > valueOf(polynomial, 0);
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (valueOf(polynomial, middle) < wanted === isRising) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Values of which a run has more are treated as all different. */
const MOST_TIED = 30;

/**
 * ANALYZE correlates a row's place x with its rank y, both from 0 to 1, where equal values rank by their place (PostgreSQL,
 * `compute_scalar_stats`). It is 12 (E[xy] - 1/4). A value with the share p begins at rank s. Its places have the distribution G: the
 * ordered ones from s (or 1 - s - p) on, the others anywhere. Then y = s + p G(x), and E[x G(x)] is half the mean of the
 * greater of two such places.
 */
function coefficientsOf(runs: Iterable<Run>, size: number): { forward: Quadratic; backward: Quadratic } {
  const forward = { constant: -3, linear: 0, square: 0 };
  const backward = { constant: -3, linear: 0, square: 0 };
  let before = 0;
  for (const { rows, values } of runs) {
    if (values > MOST_TIED) {
      addDifferent(forward, backward, before / size, rows / size);
    } else {
      const share = rows / size / values;
      for (let value = 0; value < values; value++) {
        const start = before / size + value * share;
        addTied(forward, start, share, start);
        addTied(backward, start, share, 1 - start - share);
      }
    }
    before += rows;
  }
  return { forward, backward };
}

/** @param place where its ordered rows begin */
function addTied(sum: Quadratic, start: number, share: number, place: number): void {
  const inside = place + (2 * share) / 3;
  const mixed = 1 + place * place + place * share + (share * share) / 3;
  sum.constant += 12 * share * (start / 2 + share / 3);
  sum.linear += 12 * share * (start * (place + share / 2 - 0.5) + (share / 2) * (mixed - 4 / 3));
  sum.square += 12 * share * (share / 2) * (inside - mixed + 2 / 3);
}

function addDifferent(forward: Quadratic, backward: Quadratic, start: number, share: number): void {
  const mean = share * (start + share / 2);
  const square = share * (start * start + start * share + (share * share) / 3);
  forward.constant += 6 * mean;
  backward.constant += 6 * mean;
  forward.linear += 12 * (square - mean / 2);
  backward.linear += 12 * (mean - square - mean / 2);
}
