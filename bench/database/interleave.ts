/**
 * Both lists in one, each in its own order. At every place the same share of each has been passed: lists of equal length
 * take turns, and both end together.
 */
export function interleave<T>(first: readonly T[], second: readonly T[]): T[] {
  const placed = (list: readonly T[]) =>
    list.map((value, position) => ({ value, share: (position + 1) / list.length }));
  return [...placed(first), ...placed(second)]
    .toSorted((one, other) => one.share - other.share)
    .map(({ value }) => value);
}
