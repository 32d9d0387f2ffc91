import { measuredQuantile, type Tails } from '../model/tails.ts';
import { holm } from './holm.ts';
import { verdictOn } from './verdict.ts';

/** The smallest ratio of p99 that is called faster or slower. */
const MATERIAL_P99 = 1.1;

/**
 * The same with a verdict on every p99. They are judged together: with Holm's adjustment, the chance of calling any of
 * them different where none is stays at 5 % for the whole report. The verdicts on rows are adjusted on their own.
 */
export function withVerdicts(all: readonly (Tails | undefined)[]): (Tails | undefined)[] {
  const adjusted = holm(all.map((tails) => measuredQuantile(tails, 0.99)?.pValue ?? 1));
  return all.map((tails, row) => tails && judged(tails, adjusted[row] ?? 1));
}

const judged = (tails: Tails, adjusted: number): Tails => ({
  ...tails,
  quantiles: tails.quantiles.map((one) =>
    one.state === 'measured' && one.quantile === 0.99
      ? { ...one, verdict: verdictOn(one.estimate, adjusted, MATERIAL_P99, []) }
      : one,
  ),
});
