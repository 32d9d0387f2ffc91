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
