import { z } from 'zod';
import { perArm } from './arm.ts';
import { Verdict } from './estimate.ts';
import { Histogram } from './histogram.ts';
import { Times } from './times.ts';

/** What the executions of one visit took. */
export const RoundExecutions = z.strictObject({
  /** Missing where an item was measured in one go, apart from the rounds. */
  round: z.int().positive().optional(),
  ...perArm(Histogram).shape,
});
export type RoundExecutions = z.infer<typeof RoundExecutions>;

/** The shares of the executions that are at most as long as the durations beside them. */
export const QUANTILES = [0.5, 0.95, 0.99] as const;
const quantile = z.literal(QUANTILES);

/** A quantile of both arms and their ratio, as in the row that it belongs to: speedup or overhead. */
export const Quantile = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('measured'),
    quantile,
    ...Times.shape,
    /** Two-sided, that the ratio is 1, before any adjustment. */
    pValue: z.number().min(0).max(1),
    /** On p99, of a read or a write. */
    verdict: Verdict.optional(),
  }),
  /** One of the arms has fewer executions than this. */
  z.strictObject({ state: z.literal('too few executions'), quantile, needed: z.int().positive() }),
]);
export type Quantile = z.infer<typeof Quantile>;
export type MeasuredQuantile = Extract<Quantile, { state: 'measured' }>;

/** How long the executions of an item took, the rare long ones among them. */
export const Tails = z.strictObject({
  executions: perArm(Histogram),
  quantiles: z.array(Quantile),
});
export type Tails = z.infer<typeof Tails>;

/** "p99" of an item, where there were enough executions for it. */
export const measuredQuantile = (
  tails: Tails | undefined,
  wanted: (typeof QUANTILES)[number],
): MeasuredQuantile | undefined =>
  tails?.quantiles.filter((one) => one.state === 'measured').find((one) => one.quantile === wanted);

/** p99 of a read or a write, where it is faster or slower and the row is not. */
export function p99AgainstMedian({ verdict, tails }: { verdict: Verdict; tails?: Tails | undefined }) {
  const p99 = measuredQuantile(tails, 0.99);
  const isJudged = p99?.verdict === 'faster' || p99?.verdict === 'slower';
  return isJudged && p99.verdict !== verdict ? p99 : undefined;
}
