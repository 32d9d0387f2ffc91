import type { Goal } from '../model/migration.ts';
import type { MeasuredRead } from '../model/result.ts';

/** A goal that was measured, and not confirmed. */
export interface MissedGoal {
  read: MeasuredRead;
  atLeast: number;
  /** Whether its whole interval lies below: it is missed for certain. */
  isRuledOut: boolean;
}

export const missedGoals = (reads: readonly MeasuredRead[], goals: readonly Goal[]): MissedGoal[] =>
  goals.flatMap(({ read: id, atLeast }) => {
    const read = reads.find((row) => row.id === id);
    if (!read || (read.verdict === 'faster' && read.estimate.low >= atLeast)) return [];
    const isRuledOut = read.estimate.high < atLeast || read.verdict === 'no material difference';
    return [{ read, atLeast, isRuledOut }];
  });
