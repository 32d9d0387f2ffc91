import type { Result } from '../../bench/model/result.ts';
import { agreementOf, type Share } from './agreement.ts';
import { attainableVerdicts, type Attainable } from './attainable.ts';
import { problemsOf } from './demands.ts';
import { groupsOf, type GroupAgreement } from './groups.ts';
import { rowsOf, type Row } from './rows.ts';

/** How far equal runs confirm each other. */
export interface Repeatability {
  runs: readonly Result[];
  isDisturbed: boolean;
  groups: readonly GroupAgreement[];
  /** Of reads and writes together. */
  equalVerdicts: Share;
  /** What it could be at most. */
  attainable: readonly Attainable[];
  /** What each run took, in seconds. */
  seconds: readonly number[];
  /** The share of all rows at their target precision. */
  precise: number;
  /** Rows that not every run has measured. */
  missing: readonly string[];
  /** What is demanded and not met, as sentences. */
  problems: readonly string[];
}

/**
 * @param runs at least two of the same kind
 * @param isDisturbed whether another process used the memory meanwhile
 */
export function repeatabilityOf(runs: readonly Result[], isDisturbed: boolean): Repeatability {
  const rows = runs.map(rowsOf);
  const groups = groupsOf(runs[0]?.run.baselines ?? [], rows);
  const { equalVerdicts } = agreementOf(rows);
  return {
    runs,
    isDisturbed,
    groups,
    equalVerdicts,
    attainable: attainableVerdicts(rows),
    seconds: runs.map(({ run }) => run.phases.reduce((sum, phase) => sum + phase.seconds, 0)),
    precise: shareOfPrecise(rows.flat()),
    missing: missingIn(rows),
    problems: problemsOf(groups, equalVerdicts, isDisturbed),
  };
}

function shareOfPrecise(rows: readonly Row[]): number {
  const timed = rows.filter(({ clock }) => clock === 'client');
  return timed.filter(({ isPrecise }) => isPrecise).length / timed.length;
}

function missingIn(runs: readonly (readonly Row[])[]): string[] {
  const keys = runs.map((rows) => new Set(rows.map(({ key }) => key)));
  return [...new Set(keys.flatMap((ofRun) => [...ofRun]))].filter(
    (key) => !keys.every((ofRun) => ofRun.has(key)),
  );
}
