import type { Baseline } from '../../../../model/arm.ts';
import type { ReadResult } from '../../../../model/result.ts';
import { left } from '../../../sections/section.ts';
import { planBaseline, planChange } from '../../../sections/reads.ts';
import type { LastColumn } from './rows-table.ts';

/** What PostgreSQL's plans become, where they change. */
export interface ChangedPlans {
  baseline: Baseline;
  /** "ix_leads_score_created (ix_leads_qualification_score)": each change once, in the order of the reads. */
  changes: readonly string[];
}

export function changedPlans(reads: readonly ReadResult[], baselines: readonly Baseline[]): ChangedPlans {
  const baseline = planBaseline(baselines);
  const own = reads.filter((read) => read.baseline === baseline);
  return { baseline, changes: [...new Set(own.flatMap((read) => changeOf(read) ?? []))] };
}

const changeOf = (read: ReadResult): string | undefined =>
  read.state === 'measured' && read.plans.changed ? planChange(read) : undefined;

/** The change itself. */
export const planColumn = ({ baseline }: ChangedPlans): LastColumn<ReadResult> => ({
  column: left(`plan after (before) on ${baseline}`),
  cellOf: (reads) => changeOn(reads, baseline) ?? '',
});

/** A letter for it. */
export const letterColumn = ({ baseline, changes }: ChangedPlans): LastColumn<ReadResult> => ({
  column: left('plan'),
  cellOf: (reads) => {
    const change = changeOn(reads, baseline);
    return change === undefined ? '' : letter(changes.indexOf(change));
  },
});

/** "a ix_leads_score_created (ix_leads_qualification_score)". */
export const planLegend = ({ changes }: ChangedPlans): string[] =>
  changes.map((change, position) => `${letter(position)} ${change}`);

function changeOn(reads: readonly ReadResult[], baseline: Baseline): string | undefined {
  const read = reads.find((one) => one.baseline === baseline);
  return read && changeOf(read);
}

/** "a" to "z", then "aa", "ab". */
const letter = (position: number): string =>
  (position < 26 ? '' : letter(Math.floor(position / 26) - 1)) + String.fromCharCode(97 + (position % 26));
