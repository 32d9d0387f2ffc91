import { mean, variance } from '../model/averages.ts';
import { digamma, inverseTrigamma, trigamma } from './polygamma.ts';
import type { Mean } from './trimmed-mean.ts';

/** Fewer say nothing about how alike they are. */
const FEWEST_MEANS = 5;

/**
 * A few rounds tell their scatter badly. Means whose rounds scatter alike learn it from each other: each variance moves
 * towards their common one, the farther the more they agree, and gets degrees of freedom for it (Smyth 2004, "Linear models
 * and empirical Bayes methods for assessing differential expression in microarray experiments", section 6.2). The less they
 * agree, the less changes.
 *
 * @param means undefined for those that could not be measured; they stay so. The points are not touched.
 */
export function shareScatter(means: readonly (Mean | undefined)[]): (Mean | undefined)[] {
  const known = means.filter((own) => own !== undefined).filter((own) => varianceOf(own) > 0);
  if (known.length < FEWEST_MEANS) return [...means];
  const common = commonScatter(known);
  return means.map((own) => own && (varianceOf(own) > 0 ? moderated(own, common) : own));
}

interface Scatter {
  variance: number;
  /** That it counts as when it is averaged with the variance of one mean: infinite where all agree. */
  df: number;
  /** Of all means together, more than which nobody can know. */
  mostDf: number;
}

/** From the mean and the variance of the logarithms of the variances, less what chance explains. */
function commonScatter(means: readonly Mean[]): Scatter {
  const logs = means.map((own) => Math.log(varianceOf(own)) - digamma(own.df / 2) + Math.log(own.df / 2));
  const center = mean(logs);
  const excess = variance(logs) - mean(means.map(({ df }) => trigamma(df / 2)));
  const mostDf = means.reduce((sum, { df }) => sum + df, 0);
  if (excess <= 0) return { variance: Math.exp(center), df: Infinity, mostDf };
  const df = 2 * inverseTrigamma(excess);
  return { variance: Math.exp(center + digamma(df / 2) - Math.log(df / 2)), df, mostDf };
}

function moderated(own: Mean, common: Scatter): Mean {
  const share = common.df === Infinity ? 1 : common.df / (common.df + own.df);
  const variance = share * common.variance + (1 - share) * varianceOf(own);
  return {
    point: own.point,
    error: Math.sqrt(variance / valuesOf(own)),
    df: Math.min(common.df + own.df, common.mostDf),
  };
}

/** Of one value, where the error is that of their mean. */
const varianceOf = (own: Mean): number => own.error ** 2 * valuesOf(own);

const valuesOf = ({ df }: Mean): number => df + 1;
