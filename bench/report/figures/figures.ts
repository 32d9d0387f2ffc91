import type { Result } from '../../model/result.ts';
import type { Trend } from '../../model/trend.ts';
import { courseFigure } from './course.ts';
import { distributionsFigure } from './distributions.ts';
import type { Figure } from './figure.ts';
import { forestFigure } from './forest.ts';
import { historyFigure } from './history.ts';
import { ledgerWorthFigure } from './ledger-worth.ts';
import { longRunFigure } from './long-run.ts';
import { pairOrderFigure } from './pair-order.ts';
import { planFigures, type PlanFigure } from './plan-trees.ts';
import { walGrowthFigure } from './wal-growth.ts';
import { writeCostFigure } from './write-cost.ts';

/** All pictures of a report. */
export interface Figures {
  /** By the title of the section that shows them. */
  sections: Readonly<Record<string, readonly Figure[]>>;
  /** For a page that shows them beside the changed plan as text. */
  plans: readonly PlanFigure[];
  history: Figure | undefined;
}

/** Every figure that the result has data for. */
export function figuresOf(result: Result, trends: readonly Trend[] = []): Figures {
  const drawn = (...figures: (Figure | undefined)[]): Figure[] => figures.filter((one) => one !== undefined);
  return {
    sections: {
      Reads: drawn(forestFigure(result), distributionsFigure(result), pairOrderFigure(result, 'reads')),
      Writes: drawn(writeCostFigure(result), walGrowthFigure(result), pairOrderFigure(result, 'writes')),
      'Long run': drawn(longRunFigure(result)),
      'Index ledger': drawn(ledgerWorthFigure(result)),
      Canaries: drawn(pairOrderFigure(result, 'canaries')),
      'How it was measured': drawn(courseFigure(result)),
    },
    plans: planFigures(result),
    history: trends.length > 0 ? historyFigure(trends) : undefined,
  };
}

/** The figures that Markdown shows as files: each once, in the order of the report. */
export const figureFiles = ({ sections, history }: Figures): Figure[] => [
  ...(history ? [history] : []),
  ...Object.values(sections).flat(),
];
