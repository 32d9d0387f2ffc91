import type { Sweep } from '../../model/sweep.ts';
import type { Figure } from '../figures/figure.ts';
import { speedupFigure } from '../figures/speedup-by-rows.ts';
import { readRows, SPEEDUP_TITLE } from './speedup-section.ts';

/** By the title of the section that shows them. */
export type SweepFigures = Readonly<Record<string, readonly Figure[]>>;

/** A picture of each read that was timed at two sizes or more. */
export const sweepFigures = (sweep: Sweep): SweepFigures => ({
  [SPEEDUP_TITLE]: readRows(sweep).flatMap((row) => speedupFigure(row) ?? []),
});
