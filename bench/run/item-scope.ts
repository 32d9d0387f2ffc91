import { overheadOf } from '../analyse/estimates.ts';
import type { PrecisionTarget } from '../analyse/precision.ts';
import { itemFailure } from '../database/item-failure.ts';
import type { Enough } from '../measure/pairs.ts';
import type { Baseline } from '../model/arm.ts';
import type { Failure } from '../model/outcome.ts';
import type { ItemProgress } from '../model/progress.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { Session } from './session.ts';
import { stopRule } from './stop-rule.ts';

type Outcome<T> = ({ state: 'measured' } & T) | { state: 'failed'; error: Failure };

/**
 * Measures one item within its share of the budget, showing how it settles. A statement that PostgreSQL
 * refuses fails this item only; a lost server, or an interruption, ends the run.
 */
export async function withItem<T>(
  item: ReadItem | WriteItem,
  baseline: Baseline,
  precision: PrecisionTarget,
  { budget, progress, total }: Session,
  measure: (enough: Enough) => Promise<T>,
): Promise<Outcome<T>> {
  const { ordinal, deadlines } = budget.begin();
  const metric = item.kind === 'read' ? 'speedup' : 'overhead';
  const status = (): ItemProgress => ({
    ordinal,
    total,
    baseline,
    title: item.title,
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
