import type { Baseline } from '../../model/arm.ts';
import type { Sweep } from '../../model/sweep.ts';
import { left, type Column } from '../sections/section.ts';

const isOne = ({ baselines }: Sweep): boolean => baselines.length === 1;

/** Of a sweep of one baseline, the heading says which. */
export const baselineColumns = (sweep: Sweep): Column[] => (isOne(sweep) ? [] : [left('baseline')]);

export const baselineCells = (sweep: Sweep, { baseline }: { baseline: Baseline }): string[] =>
  isOne(sweep) ? [] : [baseline];
