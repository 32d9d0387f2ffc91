import { z } from 'zod';
import { Baseline } from './arm.ts';

/** A size at which something was the case, or was not. */
const Size = z.strictObject({ scale: z.number().positive(), rows: z.int().nonnegative() });

/**
 * Where something begins: that the planner uses an index for a read, or that a read is faster. `found`: not at `low`, and
 * from `high` on at each larger scale. `below`: at every scale. `beyond`: not at the largest.
 */
export const Crossover = z.strictObject({
  of: z.enum(['plan', 'time']),
  read: z.string(),
  title: z.string(),
  baseline: Baseline,
  /** That the plan uses; missing of a time. */
  index: z.string().optional(),
  /** Whose rows are counted: the largest that the read reads. */
  table: z.string(),
  state: z.enum(['found', 'below', 'beyond']),
  low: Size.optional(),
  high: Size.optional(),
  /** Smaller scales at which it was already the case, although at `low` it is not. */
  exceptions: z.array(Size),
});
export type Crossover = z.infer<typeof Crossover>;

/** A crossover is found well enough between sizes that differ by no more than this. */
const CLOSE = 1.1;

/** Whether its interval is narrow enough, or has no size within. */
export const isClose = ({ low, high }: Crossover): boolean =>
  !low || !high || high.rows <= CLOSE * low.rows || high.rows - low.rows <= 1;
