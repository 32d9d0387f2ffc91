/**
 * The ends of many values: `Math.min(...values)` puts each of them on the stack, which 80,000 may overflow. Of none,
 * they are those of Math: Infinity and -Infinity.
 */
export const least = (values: readonly number[]): number =>
  values.reduce((so, value) => Math.min(so, value), Infinity);

export const most = (values: readonly number[]): number =>
  values.reduce((so, value) => Math.max(so, value), -Infinity);
