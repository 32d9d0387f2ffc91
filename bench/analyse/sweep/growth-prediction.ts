import { least, most } from '../../model/extent.ts';
import type { Estimate } from '../../model/estimate.ts';
import { NOMINAL_CONFIDENCE } from '../order-statistics.ts';
import { quantile } from '../student.ts';
import { errorsOf, leverageAt, valueAt, type Line } from './growth-line.ts';

/** The lines of one index: one for each shape that theory allows. The truth is between them. */
export type Lines = readonly Line[];

/** How far values are from their lines: the variance of relative errors. */
export interface Scatter {
  variance: number;
  df: number;
}

/**
 * Pools the errors of all indexes: they were built on the same machine at the same sizes. Indexes whose errors agree count as
 * one, because the machine was another at that size, or all grow in another way: of m indexes so many are independent as
 * the share of the errors that they have in common says, from 1 / m for none to 1 for all.
 *
 * @returns undefined where no index has more than two sizes
 */
export function pooledScatter(all: readonly Lines[]): Scatter | undefined {
  const judged = all.flatMap((lines) => closestOf(lines) ?? []).filter(({ sizes }) => sizes.length > 2);
  const df = judged.reduce((sum, { sizes }) => sum + sizes.length - 2, 0);
  if (df === 0) return undefined;
  const errors = judged.flatMap((line) =>
    errorsOf(line).map((error, place) => ({ scale: line.sizes[place]?.scale ?? 0, error })),
  );
  const sum = errors.reduce((total, { error }) => total + error ** 2, 0);
  const independent = sum > 0 ? Math.min(judged.length, sum / commonPart(errors)) : 1;
  return { variance: sum / df, df: (df * independent) / judged.length };
}

function commonPart(errors: readonly { scale: number; error: number }[]): number {
  const scales = [...new Set(errors.map(({ scale }) => scale))];
  return scales.reduce((total, scale) => {
    const here = errors.filter((one) => one.scale === scale);
    return total + here.reduce((sum, { error }) => sum + error, 0) ** 2 / here.length;
  }, 0);
}

const squaresOf = (line: Line): number => errorsOf(line).reduce((sum, error) => sum + error ** 2, 0);

const closestOf = (lines: Lines): Line | undefined =>
  lines.toSorted((a, b) => squaresOf(a) - squaresOf(b))[0];

/** Between the lines; NaN for none. */
export const pointAt = (lines: Lines, rows: number): number =>
  Math.exp(lines.reduce((sum, line) => sum + Math.log(valueAt(line, rows)), 0) / lines.length);

/**
 * The interval that one more value lies in, by Student's t: from the lowest end of any line to the highest (Draper and Smith,
 * "Applied Regression Analysis", on the prediction of a new observation). It is a factor to either side: errors are
 * relative, and no value is below zero.
 */
export function predictAt(lines: Lines, { variance, df }: Scatter, rows: number): Estimate {
  const t = quantile(NOMINAL_CONFIDENCE, df);
  const ends = lines.map((line) => {
    const factor = Math.exp(t * Math.sqrt(variance * (1 + leverageAt(line, rows))));
    return { low: valueAt(line, rows) / factor, high: valueAt(line, rows) * factor };
  });
  return {
    point: pointAt(lines, rows),
    low: least(ends.map(({ low }) => low)),
    high: most(ends.map(({ high }) => high)),
    confidence: NOMINAL_CONFIDENCE,
    n: lines[0]?.sizes.length ?? 1,
    method: 'least squares of relative errors, prediction interval by t',
  };
}
