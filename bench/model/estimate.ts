import { z } from 'zod';

/**
 * A number and how sure it is. `point`, `low` and `high` share one unit, which the name of the field that
 * holds the estimate states; a ratio has none. `confidence` is the probability that the interval covers the
 * truth (the attained one of the order statistics, not the nominal one), `n` the independent values behind it.
 */
export const Estimate = z.strictObject({
  point: z.number(),
  low: z.number(),
  high: z.number(),
  confidence: z.number().min(0).max(1),
  n: z.int().positive(),
  method: z.string(),
});
export type Estimate = z.infer<typeof Estimate>;

/** What one comparison shows. `before` and `after` are never judged apart. */
export const Verdict = z.enum(['faster', 'slower', 'no material difference', 'inconclusive', 'unstable']);
export type Verdict = z.infer<typeof Verdict>;
