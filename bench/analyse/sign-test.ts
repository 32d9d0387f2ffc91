import { binomialCdf } from './binomial.ts';

/**
 * Two-sided p-value of the sign test that the median of the differences is 0; ties carry no sign and are left
 * out (Conover, "Practical Nonparametric Statistics", 3.4). Assumes independent pairs, nothing of their shape.
 */
export function signTest(differences: readonly number[]): number {
  const signs = differences.filter((difference) => difference !== 0);
  const positive = signs.filter((difference) => difference > 0).length;
  const rarer = Math.min(positive, signs.length - positive);
  return Math.min(1, 2 * binomialCdf(rarer, signs.length));
}

/**
 * Holm's step-down adjustment: comparing the results with alpha keeps the chance of any false rejection among
 * them at alpha (Holm 1979, "A simple sequentially rejective multiple test procedure").
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = pValues.map((p, position) => ({ p, position })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length);
  let floor = 0;
  for (const [rank, { p, position }] of ascending.entries()) {
    floor = Math.min(1, Math.max(floor, p * (pValues.length - rank)));
    adjusted[position] = floor;
  }
  return adjusted;
}
