import type { Baseline } from '../model/arm.ts';

/** What of a run exists at the same time, beside the template. */
export interface BaselineStages {
  /** One after another. The arms of a stage's baselines exist together. */
  stages: readonly (readonly Baseline[])[];
  /** Of arms, at most; two are the fewest that a comparison needs. */
  copiesAtOnce: number;
}

/**
 * Splits a run so that only what is being measured exists where not everything can: all baselines with all their copies;
 * or else one baseline after another; or else also with fewer copies at a time.
 *
 * @param copies of each baseline, where all of them can exist
 * @param fits whether so many databases may exist at the same time
 */
export function baselineStages(
  baselines: readonly Baseline[],
  copies: number,
  fits: (databases: number) => boolean,
): BaselineStages {
  const apart = baselines.map((baseline) => [baseline]);
  const together = { stages: [baselines], copiesAtOnce: baselines.length * copies };
  const fewer = Array.from({ length: copies - 1 }, (_, left) => ({
    stages: apart,
    copiesAtOnce: copies - left,
  }));
  const least = { stages: apart, copiesAtOnce: 2 };
  return [together, ...fewer].find((one) => fits(databasesAtOnce(one))) ?? least;
}

/** At most: the template, two arms of each baseline, and copies of them. */
export const databasesAtOnce = ({ stages, copiesAtOnce }: BaselineStages): number =>
  1 + 2 * Math.max(...stages.map(({ length }) => length)) + copiesAtOnce;
