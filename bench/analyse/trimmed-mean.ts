import { ascending, mean, squares } from '../model/averages.ts';
import { bothTails, quantile } from './student.ts';

/** A mean, its standard error, and the degrees of freedom of that. */
export interface Mean {
  point: number;
  error: number;
  df: number;
}

/** Of the values, at either end. */
const TRIMMED = 0.2;

/**
 * The mean without the smallest and the largest fifth of the values. Its standard error is that of Tukey and McLaughlin
 * (1963, "Less vulnerable confidence and significance procedures for location"; Yuen 1974): the scatter of the values
 * with the trimmed ones moved to where the others end.
 *
 * @param values two or more
 */
export function trimmedMean(values: readonly number[]): Mean {
  const sorted = ascending(values);
  const { length } = sorted;
  const trimmed = Math.floor(TRIMMED * length);
  const kept = sorted.slice(trimmed, length - trimmed);
  const [lowest = NaN, highest = NaN] = [kept[0], kept.at(-1)];
  const moved = sorted.map((value) => Math.min(highest, Math.max(lowest, value)));
  const variance = squares(moved) / (kept.length * (kept.length - 1));
  return { point: mean(kept), error: Math.sqrt(variance), df: kept.length - 1 };
}

/** The mean of all values. @param values two or more */
export function plainMean(values: readonly number[]): Mean {
  const { length } = values;
  const error = Math.sqrt(squares(values) / (length * (length - 1)));
  return { point: mean(values), error, df: length - 1 };
}

/** Of the sum or difference of two means that scatter in their own ways (Welch 1947, Satterthwaite 1946). */
export function errorOfDifference(one: Mean, other: Mean): Pick<Mean, 'error' | 'df'> {
  const [a, b] = [one.error ** 2, other.error ** 2];
  const error = Math.sqrt(a + b);
  if (error === 0) return { error, df: one.df + other.df };
  return { error, df: (a + b) ** 2 / (a ** 2 / one.df + b ** 2 / other.df) };
}

/** Student's interval: few values tell their own scatter badly, and it is wider for them. */
export function intervalOf({ point, error, df }: Mean, confidence: number): { low: number; high: number } {
  const reach = quantile(confidence, df) * error;
  return { low: point - reach, high: point + reach };
}

/** Two-sided p-value that the mean is 0. Without any scatter it is decided; without a mean nothing is. */
export function pValueOf(mean: Mean | undefined): number {
  if (!mean) return 1;
  const { point, error, df } = mean;
  if (error === 0) return point === 0 ? 1 : 0;
  return bothTails(point / error, df);
}
