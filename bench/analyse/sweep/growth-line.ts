/** What was measured at one size. */
export interface AtSize {
  scale: number;
  rows: number;
  value: number;
}

/** value = fixed + slope * work(rows). */
export interface Line {
  fixed: number;
  slope: number;
  /** What a value is proportional to, apart from what every value has. */
  work: (rows: number) => number;
  sizes: readonly AtSize[];
}

/**
 * A straight line by least squares of relative errors: what is measured scatters in proportion to its size.
 *
 * @returns undefined for fewer than two sizes, or where larger sizes have no larger values
 */
export function fitLine(sizes: readonly AtSize[], work: Line['work']): Line | undefined {
  if (sizes.length < 2) return undefined;
  const { one, x, xx, y, xy } = momentsOf(sizes, work);
  const slope = (one * xy - x * y) / (one * xx - x * x);
  return slope > 0 ? { fixed: (y - slope * x) / one, slope, work, sizes } : undefined;
}

/** Sums over the sizes, each with the weight of its relative error. */
function momentsOf(sizes: readonly AtSize[], work: Line['work']) {
  const sum = (of: (x: number, y: number) => number): number =>
    sizes.reduce((total, { rows, value }) => total + of(work(rows), value) / value ** 2, 0);
  return {
    one: sum(() => 1),
    x: sum((x) => x),
    xx: sum((x) => x * x),
    y: sum((_, y) => y),
    xy: sum((x, y) => x * y),
  };
}

export const valueAt = ({ fixed, slope, work }: Line, rows: number): number => fixed + slope * work(rows);

/** Relative errors, one for each size. */
export const errorsOf = (line: Line): number[] =>
  line.sizes.map(({ rows, value }) => value / valueAt(line, rows) - 1);

/** By what the variance of relative errors is multiplied in the line itself at this size. */
export function leverageAt(line: Line, rows: number): number {
  const at = line.work(rows);
  const { one, x, xx } = momentsOf(line.sizes, line.work);
  return (xx - 2 * at * x + at * at * one) / (one * xx - x * x) / valueAt(line, rows) ** 2;
}
