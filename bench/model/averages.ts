/** The middle value, or the mean of the two middle values; NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** Sorted. -0 becomes 0: they compare as equal, and the order of the input would show. */
export const ascending = (values: readonly number[]): number[] =>
  values.map((value) => value + 0).toSorted((a, b) => a - b);

/** NaN for no values. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sum of the squared distances from the mean. */
export function squares(values: readonly number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0);
}

/** Of a sample; NaN for a single value. */
export const variance = (values: readonly number[]): number => squares(values) / (values.length - 1);
