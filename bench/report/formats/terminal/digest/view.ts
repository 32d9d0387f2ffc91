import type { Baseline } from '../../../../model/arm.ts';
import type { Result } from '../../../../model/result.ts';
import type { Row } from '../../../notes.ts';
import type { Styles } from '../terminal-style.ts';

/** What every part of a digest needs. */
export interface View {
  result: Result;
  /** Columns of a line. */
  width: number;
  styles: Styles;
}

/**
 * The width from which two baselines are side by side; the width from which their plans have a column beside them.
 */
const SIDE_BY_SIDE = 112;
const PLANS_BESIDE = 190;

/** The baselines of each table: one table for all where there is room. */
export function groupsOf({ result, width }: View): (readonly Baseline[])[] {
  const { baselines } = result.run;
  return width >= SIDE_BY_SIDE ? [baselines] : baselines.map((baseline) => [baseline]);
}

/** Whether a row has room for index names; otherwise a letter stands for them. */
export const hasRoomForPlans = ({ width }: View): boolean => width >= PLANS_BESIDE;

/** The rows that the terminal shows, and the others, which only the files have. */
export interface ShownRows<Shown extends Row> {
  shown: readonly Shown[];
  others: readonly Shown[];
}

/** The statements of the mix; all rows where --only chose them or none of them is in the mix. */
export function shownRows<Shown extends Row>({ run }: Result, rows: readonly Shown[]): ShownRows<Shown> {
  const isMixed = ({ weight }: Row): boolean => weight > 0;
  if (run.only.length > 0 || !rows.some(isMixed)) return { shown: rows, others: [] };
  return { shown: rows.filter(isMixed), others: rows.filter((row) => !isMixed(row)) };
}
