import type { Baseline } from '../../../../model/arm.ts';
import type { Result } from '../../../../model/result.ts';
import type { Note } from '../../../notes.ts';
import type { Styles } from '../terminal-style.ts';

/** What every part of a digest is drawn from and in. */
export interface View {
  result: Result;
  /** Cells of a line. */
  width: number;
  styles: Styles;
  /** Those that are shown, under the numbers that they have in the report. */
  notes: readonly Note[];
}

/** Two baselines stand side by side from so many cells on; their plans have a column beside them from so many. */
const SIDE_BY_SIDE = 112;
const PLANS_BESIDE = 190;

/** The baselines of each table: one table for all of them where there is room. */
export function groupsOf({ result, width }: View): (readonly Baseline[])[] {
  const { baselines } = result.run;
  return width >= SIDE_BY_SIDE ? [baselines] : baselines.map((baseline) => [baseline]);
}

/** Whether a row has room for the names of its plan's indexes; otherwise a letter stands for them. */
export const hasRoomForPlans = ({ width }: View): boolean => width >= PLANS_BESIDE;
