import { overheadOf } from '../../analyse/estimates.ts';
import type { PrecisionTarget } from '../../analyse/precision.ts';
import { itemFailure } from '../../database/item-failure.ts';
import type { Enough } from '../../measure/pairs.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { ItemProgress } from '../../model/progress.ts';
import type { ReadItem, Scheduled, WriteItem } from '../../model/work-item.ts';
import type { ItemSite } from '../sites.ts';
import { stopRule } from '../budget.ts';

/** What gets a share of the budget: an item on a baseline, or one way to measure it, named in the title. */
export interface Unit extends Scheduled<ReadItem | WriteItem> {
  title: string;
  precision: PrecisionTarget;
  /** Of the budget. @default 1 */
  shares?: number;
}

/**
 * Measures one unit within its share of the budget, and shows its progress. A statement that PostgreSQL refuses fails
 * this unit only. A lost server, or an interruption, ends the run.
 */
export async function withUnit<T>(
  { item, baseline, title, precision, shares = 1 }: Unit,
  { budget, progress, units }: ItemSite,
  measure: (enough: Enough) => Promise<T>,
): Promise<Outcome<T>> {
  const { ordinal, deadlines } = budget.begin(shares);
  const metric = item.kind === 'read' ? 'speedup' : 'overhead';
  const status = (): ItemProgress => ({
    ordinal,
    total: units,
    baseline,
    title,
    metric,
    secondsLeft: budget.secondsLeft(),
  });
  progress.itemStarted(status());
  const enough = stopRule(precision, budget, deadlines, (pairs, speedup) => {
    progress.itemAdvanced(status(), pairs, speedup && (item.kind === 'read' ? speedup : overheadOf(speedup)));
  });
  try {
    const measured = await measure(enough);
    progress.itemFinished(status(), undefined);
    return { state: 'measured', ...measured };
  } catch (cause) {
    const error = itemFailure(cause, item.sql);
    if (!error) throw cause;
    progress.itemFinished(status(), `failed: ${error.message}`);
    return { state: 'failed', error };
  }
}
